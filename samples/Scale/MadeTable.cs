using Vae.Data;

namespace Vae.Samples.Scale;

/// <summary>A made table: eight numbers and a region that follow from two hidden ones, a twentieth of the values missing.</summary>
internal static class MadeTable
{
    /// <summary>The number of numeric columns: x0, x1, ….</summary>
    private const int Numbers = 8;

    /// <summary>The categories of the column "region".</summary>
    public static string[] Regions { get; } = ["north", "east", "south", "west"];

    /// <summary>What a model makes of the columns.</summary>
    public static FeatureLayout Layout { get; } = CreateLayout();

    /// <summary>Writes the rows from one number to another. They depend on their numbers alone.</summary>
    public static void Write(long first, long end, string path)
    {
        using var connection = Database.Open();
        connection.Run("CREATE MACRO uniform(id, k) AS (hash(id, k) % 1000003 + 1) / 1000004.0");
        connection.Run("CREATE MACRO normal(id, k) AS sqrt(-2 * ln(uniform(id, k))) * cos(2 * pi() * uniform(id, -1 - k))");
        var numbers = Enumerable.Range(0, Numbers).Select(column =>
            $"CASE WHEN uniform(id, {column + 200}) > 0.05 THEN "
            + $"CAST({column} + sin({column}) * a + cos({column}) * b + 0.3 * normal(id, {column + 100}) AS FLOAT) END AS x{column}");
        string region = $"['{string.Join("', '", Regions)}'][CAST(floor(4 * uniform(id, 300)) AS INTEGER) + 1]";
        connection.WriteParquet(
            $"SELECT id, {string.Join(", ", numbers)}, CASE WHEN a > 1 THEN '{Regions[0]}' WHEN b < 1 THEN {region} END AS region "
            + $"FROM (SELECT range AS id, normal(range, 1) AS a, normal(range, 2) AS b FROM range({first}, {end}))",
            path);
    }

    /// <summary>
    /// The query of a part's rows as floats: id, then one column for each of the model's, NaN where missing, the category by its number.
    /// </summary>
    public static string Select(string path)
    {
        var columns = Layout.Groups.Select(group => group.Kind == FeatureKind.OneHot
            ? $"list_position(['{string.Join("', '", Regions)}'], {group.Name}) - 1"
            : group.Name);
        var floats = columns.Select(column => $"coalesce(CAST({column} AS FLOAT), CAST('NaN' AS FLOAT))");
        return $"SELECT id, {string.Join(", ", floats)} FROM read_parquet('{Database.Quoted(path)}')";
    }

    private static FeatureLayout CreateLayout()
    {
        var builder = new FeatureLayoutBuilder();
        for (int column = 0; column < Numbers; column++)
            builder.Numeric($"x{column}");
        return builder.OneHot("region", Regions).Build();
    }
}
