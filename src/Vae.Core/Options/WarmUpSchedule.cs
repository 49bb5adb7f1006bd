namespace Vae.Options;

/// <summary>The weight rises in a straight line from 0 to full (Bowman et al. 2016, Sønderby et al. 2016).</summary>
/// <param name="Epochs">The number of epochs until the weight is full; at least 1.</param>
public sealed record WarmUpSchedule(int Epochs) : WeightSchedule
{
    internal override double FactorAt(double epoch, int epochs) => Math.Min(1, epoch / Epochs);

    internal override int SettledAfter(int epochs) => Math.Min(Epochs, epochs - 1);
}
