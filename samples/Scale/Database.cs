using System.Globalization;
using DuckDB.NET.Data;

namespace Vae.Samples.Scale;

/// <summary>DuckDB, as a reader and writer of Parquet, on one thread: there is a process for each core.</summary>
internal static class Database
{
    /// <summary>Opens an empty database in memory.</summary>
    public static DuckDBConnection Open()
    {
        var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        connection.Run("SET threads = 1");
        return connection;
    }

    /// <summary>Runs a statement.</summary>
    public static void Run(this DuckDBConnection connection, string statement)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        command.ExecuteNonQuery();
    }

    /// <summary>The only row of a query, as numbers.</summary>
    public static double[] ReadRow(this DuckDBConnection connection, string query)
    {
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        reader.Read();
        return [.. Enumerable.Range(0, reader.FieldCount)
            .Select(column => Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture))];
    }

    /// <summary>
    /// Writes the result of a query as a Parquet file that is there as a whole or not at all: under another name first, which is its
    /// process's own, then renamed. So a process may be killed at any moment, and another one may write the same part.
    /// </summary>
    public static void WriteParquet(this DuckDBConnection connection, string query, string path)
    {
        string temporary = $"{path}.{Environment.ProcessId}{TemporaryEnding}";
        connection.Run($"COPY ({query}) TO '{Quoted(temporary)}' (FORMAT parquet)");
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>What a file that is not whole yet ends with.</summary>
    public const string TemporaryEnding = ".tmp";

    /// <summary>A path in a literal.</summary>
    public static string Quoted(string path) => path.Replace("'", "''");
}
