namespace Vae.Options;

/// <summary>The weight rises from 0 to full in the first part of each of several cycles, and stays full in the rest of it (Fu et al. 2019).</summary>
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
}
