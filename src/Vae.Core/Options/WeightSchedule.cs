using System.Text.Json.Serialization;

namespace Vae.Options;

/// <summary>How the weight of the latent regularizer grows in the course of training: a factor in [0, 1] on top of the regularizer's own weight.</summary>
[JsonDerivedType(typeof(ConstantSchedule), "constant")]
[JsonDerivedType(typeof(WarmUpSchedule), "warmUp")]
[JsonDerivedType(typeof(CyclicalSchedule), "cyclical")]
public abstract record WeightSchedule
{
    private protected WeightSchedule()
    {
    }

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

    /// <summary>The first epoch from which two epochs can be compared, because the factor no longer changes before the end of training.</summary>
    internal abstract int SettledAfter(int epochs);
}
