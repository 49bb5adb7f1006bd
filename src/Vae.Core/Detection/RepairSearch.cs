using Vae.Data;
using Vae.Explanation;

namespace Vae.Detection;

/// <summary>The search for the smallest set of features whose expected values make a row normal.</summary>
internal sealed class RepairSearch(VaeDetector detector, float[] row, double pValue)
{
    private const int PairedFeatures = 32;
    private const int MostRemoved = 16;

    private readonly RepairTrial _trial = new(detector, row, pValue);

    /// <summary>Runs the search.</summary>
    /// <param name="number">The row's number, for messages; negative if it has none.</param>
    /// <exception cref="ArgumentException">The row is not valid; the message names the slot and the row.</exception>
    public RowRepair Run(long number)
    {
        var before = detector.Detect(row, number, new float[detector.ScratchLength]);
        var removed = before.IsAnomaly ? Search() : [];
        float[] repaired = removed.Length > 0 ? _trial.Fill(removed) : row;
        var after = detector.Detect(repaired, number, new float[detector.ScratchLength]);
        var request = new DescriptionRequest(removed, RowDescription.DefaultLevel) { Hidden = removed };
        FeatureDescription[] features =
            [.. detector.Describe(row, number, request).OrderByDescending(feature => feature.Excess)];
        return new RowRepair(before, after, features, repaired);
    }

    private Feature[] Search()
    {
        Feature[] present = [.. detector.Layout.Features.Where(feature => _trial.CanRemove(feature))];
        int most = Math.Min(MostRemoved, present.Length / 2);
        if (most == 0) return [];
        Feature[][] singles = [.. present.Select(feature => (Feature[])[feature])];
        var ranked = _trial.Rank(singles);
        var best = ranked[0];
        if (best.IsNormal || most == 1) return best.Removed;

        Feature[] paired = [.. ranked.Take(PairedFeatures).Select(single => single.Removed[0])];
        best = _trial.Rank([.. paired.SelectMany((first, i) => paired[(i + 1)..].Select(second => (Feature[])[first, second]))])[0];
        while (!best.IsNormal && best.Removed.Length < most)
            best = _trial.Rank([.. present.Except(best.Removed).Select(feature => (Feature[])[.. best.Removed, feature])])[0];
        return best.IsNormal ? PutBack(best) : best.Removed;
    }

    /// <summary>Puts back what a greedy choice took first and needs no more.</summary>
    private Feature[] PutBack(RepairOutcome best)
    {
        while (best.Removed.Length > 3)
        {
            var fewer = _trial.Rank([.. best.Removed.Select(feature => best.Removed.Where(other => other != feature).ToArray())])[0];
            if (!fewer.IsNormal) break;
            best = fewer;
        }

        return best.Removed;
    }
}
