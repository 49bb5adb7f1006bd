using Vae.Data;
using Vae.Testing;

namespace Vae.Benchmarks.Subnormals;

/// <summary>Rows of 30 numeric slots that four factors explain but for a little noise.</summary>
internal static class FactorTable
{
    public const int Slots = 30;
    private const int Factors = 4;

    public static FeatureLayout Layout { get; } = FeatureLayout.Numeric(Slots);

    public static float[] Create(int rows)
    {
        var random = new Random(1);
        var values = new float[rows * Slots];
        var factors = new double[Factors];
        for (int row = 0; row < rows; row++)
        {
            for (int factor = 0; factor < Factors; factor++)
                factors[factor] = TestTables.Normal(random);
            for (int slot = 0; slot < Slots; slot++)
            {
                double linear = factors[slot % Factors] * (1 + slot / 7);
                values[row * Slots + slot] = (float)(linear + Math.Sin(factors[(slot + 1) % Factors]) + 0.3 * random.NextDouble());
            }
        }

        return values;
    }
}
