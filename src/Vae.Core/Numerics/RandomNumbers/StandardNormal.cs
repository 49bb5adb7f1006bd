namespace Vae.Numerics.RandomNumbers;

/// <summary>One standard normal variable at a time, where speed does not matter.</summary>
internal static class StandardNormal
{
    /// <summary>Draws from N(0, 1) (Box &amp; Muller 1958).</summary>
    public static double Draw(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
