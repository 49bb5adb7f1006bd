using System.Data.Common;
using System.Globalization;
using DuckDB.NET.Data;
using FluentAssertions;
using Microsoft.Data.Sqlite;
using Vae.Data;
using Vae.Networks;
using Vae.Options;
using Xunit;

namespace Vae.Export.Tests;

/// <summary>The SELECT in databases, whose numbers are the model's.</summary>
public sealed class SqlTests
{
    [Theory]
    [MemberData(nameof(ExportCase.Names), MemberType = typeof(ExportCase))]
    public void DuckDb_computes_what_the_model_computes(string name)
    {
        using var connection = new DuckDBConnection("DataSource=:memory:");
        Compare(ExportCase.Of(name), connection, SqlDialect.DuckDb);
    }

    [Theory]
    [MemberData(nameof(ExportCase.Names), MemberType = typeof(ExportCase))]
    public void Sqlite_computes_what_the_model_computes(string name)
    {
        using var connection = new SqliteConnection("DataSource=:memory:");
        Compare(ExportCase.Of(name), connection, SqlDialect.Sqlite);
    }

    [Fact]
    public void Extreme_values_overflow_nothing_and_an_unknown_category_is_missing()
    {
        var model = ExportCase.Of("categorical").Model;
        float[] row = ExportCase.Of("categorical").Rows(1);
        row[0] = 1e30f;
        row.AsSpan(3, 4).Clear();
        using var connection = new DuckDBConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, SqlTable.Script(model.Layout, row, "other"));
        float[] score = new float[1];
        model.Score(row, score);
        Read(connection, model.ToSql(SqlDialect.DuckDb, "t", ["id"], ScoringOutputs.Score)).Single()[1]
            .Should().BeApproximately(score[0], 1e-4 * score[0]);
    }

    [Theory]
    [InlineData(SqlDialect.DuckDb)]
    [InlineData(SqlDialect.Sqlite)]
    public void NaN_is_missing_as_NULL_is(SqlDialect dialect)
    {
        var model = ExportCase.Of("mixed").Model;
        float[] row = ExportCase.Of("mixed").Rows(1);
        row[1] = float.NaN;
        float[] score = new float[1];
        model.Score(row, score);
        using DbConnection connection = dialect == SqlDialect.DuckDb
            ? new DuckDBConnection("DataSource=:memory:")
            : new SqliteConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, SqlTable.Script(model.Layout, row));
        Execute(connection, dialect == SqlDialect.DuckDb
            ? $"""UPDATE t SET "{model.Layout.GetSlotName(1)}" = 'NaN'"""
            : $"""UPDATE t SET "{model.Layout.GetSlotName(1)}" = 9e999 - 9e999""");
        Read(connection, model.ToSql(dialect, "t", ["id"], ScoringOutputs.Score)).Single()[1]
            .Should().BeApproximately(score[0], 1e-4 * Math.Abs(score[0]));
    }

    [Fact]
    public void Names_and_categories_may_have_quotes()
    {
        var layout = new FeatureLayoutBuilder().Numeric("a \"b\"").OneHot("c'd", "x'y", "z").Build();
        float[] rows = [1, 1, 0, 2, 0, 1, 4, 1, 0];
        var options = new VaeOptions { LatentDimension = 1, HiddenLayers = [], Epochs = 1, ValidationFraction = 0 };
        var model = new Training.Managed.ManagedTrainer().Train(new MatrixRows(layout, rows), options);
        float[] embedding = new float[3];
        model.Encode(rows, embedding);
        using var connection = new SqliteConnection("DataSource=:memory:");
        connection.Open();
        Execute(connection, SqlTable.Script(layout, rows));
        Read(connection, model.ToSql(SqlDialect.Sqlite, "t", ["id"], ScoringOutputs.Embedding)).Select(row => (float)row[1])
            .Should().HaveCount(3).And.Equal(embedding, (actual, expected) => Math.Abs(actual - expected) < 1e-4);
        model.ToSql(SqlDialect.Spark, "t", [], ScoringOutputs.Embedding).Should().Contain("`a \"b\"`").And.Contain(@"'x\'y'");
    }

    [Theory]
    [InlineData(SqlDialect.DuckDb, "AS MATERIALIZED", "AS DOUBLE)")]
    [InlineData(SqlDialect.Sqlite, "AS MATERIALIZED", "AS REAL)")]
    [InlineData(SqlDialect.PostgreSql, "AS MATERIALIZED", "AS DOUBLE PRECISION)")]
    [InlineData(SqlDialect.Spark, "vae1 AS (", "AS DOUBLE)")]
    public void Every_dialect_has_its_words(SqlDialect dialect, string query, string type) =>
        ExportCase.Of("mixed").Model.ToSql(dialect, "t", ["id"], ScoringOutputs.All).Should().Contain(query).And.Contain(type);

    [Fact]
    public void A_layer_is_written_once_however_deep_the_network_is()
    {
        int Length(params int[] widths) => Filled(new VaeOptions { HiddenLayers = widths })
            .ToSql(SqlDialect.DuckDb, "t", [], ScoringOutputs.Embedding).Length;

        int layer = Length(16, 16, 16) - Length(16, 16);
        (Length(16, 16, 16, 16, 16) - Length(16, 16, 16, 16)).Should().BeCloseTo(layer, (uint)layer / 4);
    }

    [Fact]
    public void A_text_that_would_be_too_long_is_not_made()
    {
        var act = () => Filled(new VaeOptions { HiddenLayers = [1000, 1000] }).ToSql(SqlDialect.DuckDb, "t", [], ScoringOutputs.Embedding);
        act.Should().Throw<NotSupportedException>().WithMessage("*10000000 characters*HiddenLayers*SaveOnnx*");
    }

    [Fact]
    public void Too_many_columns_are_told()
    {
        var model = Filled(new VaeOptions { HiddenLayers = [1700, 2] });
        var act = () => model.ToSql(SqlDialect.PostgreSql, "t", [], ScoringOutputs.Embedding);
        act.Should().Throw<NotSupportedException>().WithMessage("*1700 columns*PostgreSQL*1600*");
        model.ToSql(SqlDialect.Sqlite, "t", [], ScoringOutputs.Embedding).Should().NotBeEmpty();
    }

    [Fact]
    public void An_unknown_dialect_is_named() => ExportCase.Of("mixed").Model
        .Invoking(model => model.ToSql((SqlDialect)9, "t", [], ScoringOutputs.Score))
        .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*DuckDb, Sqlite, PostgreSql, Spark*9*");

    /// <summary>A model whose weights are all the same number.</summary>
    private static VaeModel Filled(VaeOptions options)
    {
        var layout = FeatureLayout.Numeric(4);
        var parts = VaeModel.Load(new MemoryStream(UntrainedModels.Bytes(layout, options))).Parts;
        var parameters = new VaeParameters(new NetworkShape(layout, options));
        parameters.Weights.Values.AsSpan().Fill(0.01f);
        return new VaeModel(parts with { Parameters = parameters });
    }

    private static void Compare(ExportCase item, DbConnection connection, SqlDialect dialect)
    {
        connection.Open();
        Execute(connection, SqlTable.Script(item.Model.Layout, item.Rows(SqlTable.Count)));
        double[][] results = Read(connection, item.Model.ToSql(dialect, "t", ["id"], ScoringOutputs.All));
        SqlTable.Compare(item, results);
    }

    private static void Execute(DbConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private static double[][] Read(DbConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        using var reader = command.ExecuteReader();
        var rows = new List<double[]>();
        while (reader.Read())
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount)
                .Select(column => Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture))]);
        }

        return [.. rows.OrderBy(row => row[0])];
    }
}
