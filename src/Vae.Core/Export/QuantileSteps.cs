using Vae.Data;

namespace Vae.Export;

/// <summary>A <see cref="QuantileMap"/> as steps, there and back.</summary>
internal static class QuantileSteps
{
    /// <summary>From a value in original units to its score.</summary>
    public static LinesNode Score(ScoringNode value, QuantileMap map)
    {
        var lines = new ScoringLine[map.Slopes.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            int knot = Math.Max(i - 1, 0);
            lines[i] = new ScoringLine(map.Values[knot], map.Scores[knot], map.Slopes[i]);
        }

        return new LinesNode(value, map.Values.ToArray(), lines);
    }

    /// <summary>From a score to the value that has it.</summary>
    public static LinesNode Value(ScoringNode score, QuantileMap map)
    {
        var lines = new ScoringLine[map.Slopes.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            int knot = Math.Max(i - 1, 0);
            lines[i] = double.IsNaN(map.Atoms[i])
                ? new ScoringLine(map.Scores[knot], map.Values[knot], 1 / map.Slopes[i])
                : new ScoringLine(0, map.Atoms[i], 0);
        }

        return new LinesNode(score, map.Scores.ToArray(), lines);
    }
}
