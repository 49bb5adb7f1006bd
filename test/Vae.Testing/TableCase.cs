using System.Globalization;
using Vae.Data;
using Vae.Options;

namespace Vae.Testing;

/// <summary>A table to train on, what to train, and rows to score.</summary>
public sealed record TableCase(FeatureLayout Layout, VaeOptions Options, float[] Rows, float[] Weights, float[] Unseen)
{
    /// <summary>The case as one can type it in again.</summary>
    public override string ToString()
    {
        string Values(float[] values) =>
            $"[{string.Join(", ", values.Take(60).Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]";
        return $"groups {string.Join(" ", Layout.AllGroups)}\noptions {Options}\n"
            + $"{Rows.Length / Layout.RowWidth} rows {Values(Rows)}\nweights {Values(Weights)}\nunseen {Values(Unseen)}";
    }
}
