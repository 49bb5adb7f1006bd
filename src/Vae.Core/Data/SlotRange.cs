namespace Vae.Data;

/// <summary>Where the training rows' values of a numeric slot lay, and on which grid.</summary>
/// <param name="Smallest">The smallest value.</param>
/// <param name="Largest">The largest value.</param>
/// <param name="Decimals">
/// The number of decimals that all values have, 0 for integers; <see cref="NoGrid"/> where they have more than
/// <see cref="MostDecimals"/>.
/// </param>
internal readonly record struct SlotRange(float Smallest, float Largest, int Decimals)
{
    /// <summary>The largest number of decimals of a grid.</summary>
    public const int MostDecimals = 6;

    /// <summary>The values lie on no grid.</summary>
    public const int NoGrid = -1;

    /// <summary>The value of the range that is next to another one.</summary>
    public float Nearest(float value) => Math.Clamp(Round(value, Decimals), Smallest, Largest);

    /// <summary>The smallest number of decimals, from some number on, that a value has; <see cref="NoGrid"/> if there is none.</summary>
    public static int DecimalsOf(float value, int atLeast)
    {
        for (int decimals = atLeast; decimals <= MostDecimals; decimals++)
        {
            if (Round(value, decimals) == value) return decimals;
        }

        return NoGrid;
    }

    private static float Round(float value, int decimals) =>
        decimals == 0 ? MathF.Round(value) : decimals == NoGrid ? value : (float)Math.Round((double)value, decimals);
}
