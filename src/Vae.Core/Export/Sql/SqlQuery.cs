using System.Globalization;
using System.Text;
using Vae.Data;
using Vae.Persistence;

namespace Vae.Export.Sql;

/// <summary>A scoring graph as one SELECT.</summary>
internal sealed class SqlQuery
{
    /// <summary>The longest text that is given out, in characters.</summary>
    public const int LongestText = 10_000_000;

    /// <summary>A column times a weight, and the sign to the next.</summary>
    private const long ShortestTerm = 13;

    private readonly ScoringGraph _graph;
    private readonly FeatureLayout _layout;
    private readonly SqlSyntax _syntax;
    private readonly SqlPlan _plan;
    private readonly SqlFormulas _formulas;
    private readonly StringBuilder _text = new();

    private SqlQuery(ScoringGraph graph, FeatureLayout layout, SqlSyntax syntax)
    {
        _graph = graph;
        _layout = layout;
        _syntax = syntax;
        _plan = new SqlPlan(graph);
        _formulas = new SqlFormulas(_plan, syntax, layout);
    }

    /// <summary>Writes the query.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dialect, or no such output.</exception>
    /// <exception cref="NotSupportedException">The text would be too long, or have too many columns.</exception>
    public static string Write(ModelParts parts, SqlDialect dialect, string table, IReadOnlyList<string> kept, ScoringOutputs outputs)
    {
        var query = new SqlQuery(ScoringGraph.Of(parts, outputs), parts.Layout, SqlSyntax.Of(dialect));
        Check(ShortestTerm * query._plan.Columns.OfType<DenseNode>().Sum(dense => dense.Weights.LongCount(weight => weight != 0)));
        query.WriteTable(table, kept);
        for (int stage = 1; stage <= query._plan.StageCount; stage++)
            query.WriteStage(stage, kept.Count);
        query.WriteOutputs(kept);
        return query._text.ToString();
    }

    /// <summary>The query that reads the table: the kept columns, and those of the model by their types.</summary>
    private void WriteTable(string table, IReadOnlyList<string> kept)
    {
        var columns = kept.Select((name, index) => $"{_syntax.Quote(name)} AS {Kept(index)}").ToList();
        foreach (var slots in _graph.Inputs)
        {
            foreach (var (column, name) in _formulas.ColumnsOf(slots).Zip(slots.ColumnsIn(_layout)))
            {
                string value = slots.Kind == FeatureKind.OneHot
                    ? $"CAST({_syntax.Quote(name)} AS {_syntax.Text})"
                    : _syntax.ReadNumber(name);
                columns.Add($"{value} AS {column}");
            }
        }

        _text.Append("WITH ");
        WriteQuery(0, columns, table);
    }

    private void WriteStage(int stage, int kept)
    {
        var columns = Enumerable.Range(0, kept).Select(Kept).ToList();
        foreach (var node in _plan.Columns)
        {
            int computed = _plan.Stage(node);
            if (computed < stage && _plan.LastUse(node) > stage) columns.AddRange(_formulas.ColumnsOf(node));
            if (computed != stage) continue;
            columns.AddRange(_formulas.ColumnsOf(node).Select((column, index) => $"{_formulas.Formula(node, index)} AS {column}"));
            Check(columns.Sum(column => column.Length) + _text.Length);
        }

        WriteQuery(stage, columns, Stage(stage - 1));
    }

    private void WriteOutputs(IReadOnlyList<string> kept)
    {
        var columns = kept.Select((name, index) => $"{Kept(index)} AS {_syntax.Quote(name)}").ToList();
        foreach (var (output, node) in _graph.Outputs)
        {
            for (int index = 0; index < node.Width; index++)
                columns.Add($"{_formulas.Value(node, index)} AS {_syntax.Quote(Name(output, index))}");
        }

        WriteSelect(columns, Stage(_plan.StageCount));
    }

    private void WriteQuery(int stage, List<string> columns, string source)
    {
        if (stage > 0) _text.Append(",\n");
        _text.Append(Stage(stage)).Append(" AS ").Append(_syntax.Materialized).Append("(\n");
        WriteSelect(columns, source);
        _text.Append(')');
        if (stage == _plan.StageCount) _text.Append('\n');
    }

    private void WriteSelect(List<string> columns, string source)
    {
        if (columns.Count > _syntax.MostColumns)
        {
            throw new NotSupportedException(string.Create(
                CultureInfo.InvariantCulture,
                $"A part of the query would have {columns.Count} columns, and {_syntax.Name} has at most {_syntax.MostColumns}: "
                + $"take narrower layers, or {nameof(VaeModel.SaveOnnx)}."));
        }

        _text.Append("SELECT ").AppendJoin(",\n  ", columns).Append("\nFROM ").Append(source);
        Check(_text.Length);
    }

    private static void Check(long length)
    {
        if (length <= LongestText) return;
        throw new NotSupportedException(string.Create(
            CultureInfo.InvariantCulture,
            $"The query would be longer than {LongestText} characters, which engines take long to read: take fewer or narrower "
            + $"{nameof(Options.VaeOptions.HiddenLayers)}, or {nameof(VaeModel.SaveOnnx)}."));
    }

    private static string Name(ScoringOutputs output, int index) =>
        output == ScoringOutputs.Score ? "Score" : string.Create(CultureInfo.InvariantCulture, $"{output}{index}");

    private static string Stage(int stage) => string.Create(CultureInfo.InvariantCulture, $"vae{stage}");

    private static string Kept(int index) => string.Create(CultureInfo.InvariantCulture, $"k{index}");
}
