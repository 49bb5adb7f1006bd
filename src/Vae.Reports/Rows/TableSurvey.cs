using Vae.Detection;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.Reports.Rows;

/// <summary>What is to be kept of a table.</summary>
/// <param name="Drawn">The rows, at most, that are drawn; of more, a random part.</param>
/// <param name="Unusual">The rows, at most, with the highest scores.</param>
/// <param name="CancellationToken">Ends the reading.</param>
internal sealed record SurveyPlan(int Drawn, int Unusual, CancellationToken CancellationToken);

/// <summary>A table, read once: every row is scored and counted, and few are kept.</summary>
internal sealed class TableSurvey
{
    private readonly PriorityQueue<SurveyedRow, uint> _drawn = new(Comparer<uint>.Create((a, b) => b.CompareTo(a)));
    private readonly PriorityQueue<SurveyedRow, float> _unusual = new();
    private readonly List<RowDetection> _results = [];

    private TableSurvey(IReportRows rows)
    {
        Columns = rows.Columns;
        Features = [.. rows.Layout.Features.Select(feature => new FeatureSummary(feature))];
    }

    public IReadOnlyList<CellColumn> Columns { get; }

    /// <summary>One for each feature of the layout.</summary>
    public IReadOnlyList<FeatureSummary> Features { get; }

    /// <summary>What was said of every row, in order.</summary>
    public IReadOnlyList<RowDetection> Results => _results;

    /// <summary>The rows to draw, in order.</summary>
    public IReadOnlyList<SurveyedRow> Drawn { get; private set; } = [];

    /// <summary>The rows with the highest scores, the highest first.</summary>
    public IReadOnlyList<SurveyedRow> Unusual { get; private set; } = [];

    /// <summary>Reads a table to its end.</summary>
    /// <exception cref="ArgumentException">It has no row, or one that is not valid.</exception>
    public static TableSurvey Take(IReportRows rows, RowScorer scorer, SurveyPlan plan)
    {
        var survey = new TableSurvey(rows);
        int width = rows.Layout.RowWidth;
        int cells = rows.Columns.Count;
        float[] values = new float[RowScorer.BlockRows * width];
        var texts = new Cell[RowScorer.BlockRows * cells];
        var results = new RowDetection[RowScorer.BlockRows];
        int count;
        do
        {
            plan.CancellationToken.ThrowIfCancellationRequested();
            count = 0;
            while (count < RowScorer.BlockRows && rows.Read(values.AsSpan(count * width, width), texts.AsSpan(count * cells, cells)))
                count++;
            scorer.Score(values.AsSpan(0, count * width), survey._results.Count, results.AsSpan(0, count));
            for (int i = 0; i < count; i++)
                survey.Add(values.AsSpan(i * width, width), texts.AsSpan(i * cells, cells), results[i], plan);
        }
        while (count == RowScorer.BlockRows);

        if (survey._results.Count == 0) throw new ArgumentException("There is nothing to report: the table has no rows.");
        survey.Drawn = [.. survey._drawn.UnorderedItems.Select(item => item.Element).OrderBy(row => row.Number)];
        survey.Unusual = [.. survey._unusual.UnorderedItems.Select(item => item.Element)
            .OrderByDescending(row => row.Result.Score).ThenBy(row => row.Number)];
        return survey;
    }

    private void Add(ReadOnlySpan<float> row, ReadOnlySpan<Cell> cells, RowDetection result, SurveyPlan plan)
    {
        long number = _results.Count;
        _results.Add(result);
        foreach (var feature in Features)
            feature.Add(row);

        // Of all rows, those with the smallest random keys: a sample without knowing how many will come.
        uint key = Philox.Block(0, RandomStreams.DrawnRows, (ulong)number).Word0;
        bool draws = _drawn.Count < plan.Drawn || (_drawn.TryPeek(out _, out uint largest) && key < largest);
        bool isUnusual = _unusual.Count < plan.Unusual || (_unusual.TryPeek(out _, out float lowest) && result.Score > lowest);
        if (!draws && !isUnusual) return;
        var kept = new SurveyedRow(number, row.ToArray(), cells.ToArray(), result);
        if (draws) Enqueue(_drawn, kept, key, plan.Drawn);
        if (isUnusual) Enqueue(_unusual, kept, result.Score, plan.Unusual);
    }

    private static void Enqueue<T>(PriorityQueue<SurveyedRow, T> queue, SurveyedRow row, T key, int most)
    {
        queue.Enqueue(row, key);
        if (queue.Count > most) queue.Dequeue();
    }
}

/// <summary>A row that is kept.</summary>
/// <param name="Number">Its place in the table, counted from 0.</param>
/// <param name="Values">Its slots in original units.</param>
/// <param name="Cells">One for each of the columns besides.</param>
/// <param name="Result">How unusual it is; NaN as p-value where no detector says so.</param>
internal sealed record SurveyedRow(long Number, float[] Values, Cell[] Cells, RowDetection Result);
