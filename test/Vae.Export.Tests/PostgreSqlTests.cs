using Xunit;

namespace Vae.Export.Tests;

/// <summary>The SELECT in a real PostgreSQL server.</summary>
public sealed class PostgreSqlTests(PostgreSqlServer server) : IClassFixture<PostgreSqlServer>
{
    [PostgreSqlTheory]
    [MemberData(nameof(ExportCase.Names), MemberType = typeof(ExportCase))]
    public void PostgreSql_computes_what_the_model_computes(string name)
    {
        var item = ExportCase.Of(name);
        string table = SqlTable.Script(item.Model.Layout, item.Rows(SqlTable.Count));
        string query = item.Model.ToSql(SqlDialect.PostgreSql, "t", ["id"], ScoringOutputs.All);
        SqlTable.Compare(item, server.Run($"DROP TABLE IF EXISTS t; {table}\n{query} ORDER BY 1;"));
    }

    [PostgreSqlTheory]
    [InlineData("mixed")]
    public void NaN_is_missing_as_NULL_is(string name)
    {
        var item = ExportCase.Of(name);
        string table = SqlTable.Script(item.Model.Layout, item.Rows(SqlTable.Count)).Replace("NULL", "'NaN'");
        string query = item.Model.ToSql(SqlDialect.PostgreSql, "t", ["id"], ScoringOutputs.All);
        SqlTable.Compare(item, server.Run($"DROP TABLE IF EXISTS t; {table}\n{query} ORDER BY 1;"));
    }
}
