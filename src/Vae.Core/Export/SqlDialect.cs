namespace Vae.Export;

/// <summary>Whose SQL.</summary>
public enum SqlDialect
{
    /// <summary>DuckDB.</summary>
    DuckDb,

    /// <summary>SQLite, 3.35 or later, with its mathematical functions.</summary>
    Sqlite,

    /// <summary>PostgreSQL, 12 or later.</summary>
    PostgreSql,

    /// <summary>Spark SQL, 3.3 or later, and what speaks it.</summary>
    Spark,
}
