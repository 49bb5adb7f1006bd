using System.Text.Json.Serialization;

namespace Vae.Options;

/// <summary>
/// How the weight of the latent regularizer grows in the course of training: a factor in [0, 1] on top of the regularizer's own weight.
/// </summary>
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(WarmUpSchedule), "warmUp")]
[JsonDerivedType(typeof(CyclicalSchedule), "cyclical")]
public abstract record WeightSchedule
{
    private protected WeightSchedule()
    {
    }

    /// <summary>One of each kind.</summary>
    internal static IReadOnlyList<WeightSchedule> Kinds => [Constant(), WarmUp(1), Cyclical()];

    /// <summary>Always 1.</summary>
    public static WeightSchedule Constant() => new ConstantSchedule();

    /// <summary>From 0 to 1 in a straight line: <see cref="WarmUpSchedule"/>.</summary>
    /// <param name="epochs">The number of epochs until the factor is 1; at least 1.</param>
    public static WeightSchedule WarmUp(int epochs) => new WarmUpSchedule(epochs);

    /// <summary>Ramps that start again: <see cref="CyclicalSchedule"/>.</summary>
    /// <param name="cycles">The number of cycles M over all epochs.</param>
    /// <param name="ramp">The part R of a cycle in which the factor rises, in (0, 1].</param>
    public static WeightSchedule Cyclical(int cycles = 4, double ramp = 0.5) => new CyclicalSchedule(cycles, ramp);

    /// <summary>The factor after <paramref name="epoch"/> epochs (fractions count) of <paramref name="epochs"/>.</summary>
    internal abstract double FactorAt(double epoch, int epochs);

    /// <summary>
    /// The first epoch from which two epochs can be compared, because the factor no longer changes before the end of training.
    /// </summary>
    internal abstract int SettledAfter(int epochs);

    /// <summary>Checks the values.</summary>
    internal virtual void Validate()
    {
    }
}

/// <summary>The full weight from the first step on.</summary>
public sealed record ConstantSchedule : WeightSchedule
{
    internal override double FactorAt(double epoch, int epochs) => 1;

    internal override int SettledAfter(int epochs) => 0;
}

/// <summary>The weight rises in a straight line from 0 to full (Bowman et al. 2016, Sønderby et al. 2016).</summary>
/// <param name="Epochs">The number of epochs until the weight is full; at least 1.</param>
public sealed record WarmUpSchedule(int Epochs) : WeightSchedule
{
    internal override double FactorAt(double epoch, int epochs) => Math.Min(1, epoch / Epochs);

    internal override int SettledAfter(int epochs) => Math.Min(Epochs, epochs - 1);

    internal override void Validate() => OptionCheck.Between(Epochs, 1, int.MaxValue, nameof(VaeOptions.RegularizerSchedule));
}

/// <summary>
/// The weight rises from 0 to full in the first part of each of several cycles, and stays full in the rest of it (Fu et al. 2019).
/// </summary>
/// <param name="Cycles">The number of cycles M over all epochs; at least 1.</param>
/// <param name="Ramp">The part R of a cycle in which the weight rises, in (0, 1].</param>
public sealed record CyclicalSchedule(int Cycles, double Ramp) : WeightSchedule
{
    internal override double FactorAt(double epoch, int epochs)
    {
        double length = (double)epochs / Cycles;
        double position = epoch % length / length;
        return Math.Min(1, position / Ramp);
    }

    internal override int SettledAfter(int epochs)
    {
        double length = (double)epochs / Cycles;
        return Math.Min((int)Math.Ceiling((Cycles - 1 + Ramp) * length), epochs - 1);
    }

    internal override void Validate()
    {
        OptionCheck.Between(Cycles, 1, int.MaxValue, nameof(VaeOptions.RegularizerSchedule));
        OptionCheck.Require(Ramp is > 0 and <= 1, Ramp, "must have a ramp in (0, 1]", nameof(VaeOptions.RegularizerSchedule));
    }
}
