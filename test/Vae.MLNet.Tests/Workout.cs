using FluentAssertions;
using Microsoft.ML;
using Vae.MLNet.Internals;

namespace Vae.MLNet.Tests;

/// <summary>
/// What ML.NET asks of its own estimators: the estimator's promise, the transformer, its mapper and its saved copy all say the same.
/// </summary>
internal static class Workout
{
    /// <summary>Puts an estimator through it.</summary>
    public static void Run(IEstimator<ITransformer> estimator, IDataView valid, params IDataView[] invalid)
    {
        var promised = estimator.GetOutputSchema(Shapes.Of(valid.Schema));
        foreach (var data in invalid)
        {
            FluentActions.Invoking(() => estimator.GetOutputSchema(Shapes.Of(data.Schema))).Should().Throw<Exception>().ShouldBeMarked();
            FluentActions.Invoking(() => estimator.Fit(data)).Should().Throw<Exception>().ShouldBeMarked();
        }

        var transformer = estimator.Fit(valid);
        using var stream = new MemoryStream();
        new MLContext().Model.Save(transformer, valid.Schema, stream);
        stream.Position = 0;
        var loaded = new MLContext().Model.Load(stream, out var loadedSchema);
        ShouldBeSame(loadedSchema, valid.Schema);

        var schema = transformer.GetOutputSchema(valid.Schema);
        transformer.IsRowToRowMapper.Should().BeTrue();
        var mapper = transformer.GetRowToRowMapper(valid.Schema);
        mapper.InputSchema.Should().BeSameAs(valid.Schema);
        ShouldBeSame(mapper.OutputSchema, schema);
        ShouldBeSame(loaded.GetOutputSchema(valid.Schema), schema);
        ShouldBeSame(transformer.Transform(valid).Schema, schema);
        ShouldBeSame(loaded.Transform(valid).Schema, schema);
        loaded.Transform(valid).Everything()
            .Should().BeEquivalentTo(transformer.Transform(valid).Everything(), options => options.WithStrictOrdering());

        foreach (var data in invalid)
        {
            foreach (var one in new[] { transformer, loaded })
            {
                FluentActions.Invoking(() => one.GetOutputSchema(data.Schema)).Should().Throw<Exception>().ShouldBeMarked();
                FluentActions.Invoking(() => one.Transform(data)).Should().Throw<Exception>().ShouldBeMarked();
                FluentActions.Invoking(() => one.GetRowToRowMapper(data.Schema)).Should().Throw<Exception>().ShouldBeMarked();
            }
        }

        promised.ShouldEqual(Shapes.Of(schema));
    }

    private static void ShouldBeSame(DataViewSchema actual, DataViewSchema expected)
    {
        actual.Select(column => (column.Name, column.Type.ToString(), column.IsHidden))
            .Should().Equal(expected.Select(column => (column.Name, column.Type.ToString(), column.IsHidden)));
        foreach (var (one, other) in actual.Zip(expected))
        {
            one.Annotations.Schema.Select(kind => (kind.Name, kind.Type.ToString()))
                .Should().Equal(other.Annotations.Schema.Select(kind => (kind.Name, kind.Type.ToString())), "column {0}", one.Name);
            if (one.Annotations.Schema.Any(kind => kind.Name == "SlotNames")) one.SlotNames().Should().Equal(other.SlotNames());
        }
    }
}
