using System.Globalization;

namespace Vae.Export.Sql;

/// <summary>What is said differently in the dialects.</summary>
internal sealed record SqlSyntax
{
    private const double LargestExponent = 700;

    /// <summary>What the dialect is called in messages.</summary>
    public required string Name { get; init; }

    /// <summary>What makes a part of a query be computed once.</summary>
    public string Materialized { get; init; } = "MATERIALIZED ";

    /// <summary>The type of numbers.</summary>
    public required string Double { get; init; }

    /// <summary>The type of texts.</summary>
    public required string Text { get; init; }

    /// <summary>The functions of the larger and the smaller of two numbers.</summary>
    public (string Larger, string Smaller) Bounds { get; init; } = ("GREATEST", "LEAST");

    /// <summary>Whether there are numbers that are NaN.</summary>
    public bool HasNaN { get; init; } = true;

    /// <summary>What stands around names, and twice for itself.</summary>
    public char NameQuote { get; init; } = '"';

    /// <summary>Whether a backslash in a literal is not itself.</summary>
    public bool EscapesBackslash { get; init; }

    /// <summary>The largest number of columns that a query can have.</summary>
    public int MostColumns { get; init; } = int.MaxValue;

    /// <summary>The syntax of a dialect.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dialect.</exception>
    public static SqlSyntax Of(SqlDialect dialect) => dialect switch
    {
        SqlDialect.DuckDb => new() { Name = "DuckDB", Double = "DOUBLE", Text = "VARCHAR" },
        SqlDialect.Sqlite => new()
        {
            Name = "SQLite",
            Double = "REAL",
            Text = "TEXT",
            Bounds = ("MAX", "MIN"),
            HasNaN = false,
            MostColumns = 2000,
        },
        SqlDialect.PostgreSql => new() { Name = "PostgreSQL", Double = "DOUBLE PRECISION", Text = "TEXT", MostColumns = 1600 },
        SqlDialect.Spark => new()
        {
            Name = "Spark",
            Materialized = "",
            Double = "DOUBLE",
            Text = "STRING",
            NameQuote = '`',
            EscapesBackslash = true,
        },
        _ => throw new ArgumentOutOfRangeException(
            nameof(dialect), dialect, $"The dialects are {string.Join(", ", Enum.GetNames<SqlDialect>())}."),
    };

    /// <summary>The name of a column.</summary>
    public string Quote(string name) => $"{NameQuote}{name.Replace($"{NameQuote}", $"{NameQuote}{NameQuote}")}{NameQuote}";

    /// <summary>A text.</summary>
    public string Literal(string text) => EscapesBackslash
        ? $"'{text.Replace("\\", "\\\\").Replace("'", "\\'")}'"
        : $"'{text.Replace("'", "''")}'";

    /// <summary>A column of the table as a number, NULL where it is NaN: where there is such a number, it is equal to itself.</summary>
    public string ReadNumber(string name)
    {
        string number = $"CAST({Quote(name)} AS {Double})";
        return HasNaN ? $"NULLIF({number}, CAST('NaN' AS {Double}))" : number;
    }

    /// <summary>A number with an exponent, without which some dialects take it for a decimal.</summary>
    public static string Number(double value, string format = "R")
    {
        string text = value.ToString(format, CultureInfo.InvariantCulture);
        return text.Contains('E') ? text : text + "E0";
    }

    /// <summary>The larger of two numbers, or of several.</summary>
    public string Larger(params IEnumerable<string> values) => $"{Bounds.Larger}({string.Join(", ", values)})";

    /// <summary>A number held within bounds.</summary>
    public string Clamp(string value, double low, double high) =>
        $"{Bounds.Smaller}({Larger(value, Number(low))}, {Number(high)})";

    /// <summary>eˣ, with x held where it is neither 0 nor infinite, which PostgreSQL takes for an error.</summary>
    public string Exp(string x) => $"EXP({Clamp(x, -LargestExponent, LargestExponent)})";
}
