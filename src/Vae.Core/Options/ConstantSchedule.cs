namespace Vae.Options;

/// <summary>The full weight from the first step on.</summary>
public sealed record ConstantSchedule : WeightSchedule
{
    internal override double FactorAt(double epoch, int epochs) => 1;

    internal override int SettledAfter(int epochs) => 0;
}
