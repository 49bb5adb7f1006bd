using System.Numerics;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet.Internals;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Numbers of other types than Single: read where nothing is lost, otherwise refused with what converts them.</summary>
public sealed class NumberTypeTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Small_integers_are_read_as_they_are()
    {
        ShouldBeRead<sbyte>();
        ShouldBeRead<byte>();
        ShouldBeRead<short>();
        ShouldBeRead<ushort>();
    }

    [Fact]
    public void Numbers_that_could_lose_digits_are_refused_with_ConvertType()
    {
        ShouldBeRefused<int>("Int32");
        ShouldBeRefused<uint>("UInt32");
        ShouldBeRefused<long>("Int64");
        ShouldBeRefused<ulong>("UInt64");
        ShouldBeRefused<double>("Double");
    }

    [Fact]
    public void A_vector_of_Booleans_is_refused_with_ConvertType()
    {
        var data = _mlContext.Transforms.Conversion.ConvertType("Many", outputKind: DataKind.Boolean)
            .Fit(Numbers<float>()).Transform(Numbers<float>());
        ShouldBeRefused(data, "Many", "Boolean", "Conversion.ConvertType");
    }

    [Fact]
    public void Text_is_refused_with_OneHotEncoding_and_MapValueToKey() =>
        ShouldBeRefused(Tables.Mixed(_mlContext), "Housing", "String", "Categorical.OneHotEncoding", "Conversion.MapValueToKey");

    [Fact]
    public void A_vector_of_unknown_size_names_no_conversion()
    {
        var data = _mlContext.Data.LoadFromEnumerable(new[] { new { Open = new[] { 1f } } });
        FluentActions.Invoking(() => Quick.Embed(_mlContext, "Open").Fit(data))
            .Should().Throw<ArgumentOutOfRangeException>().Which.Message.Should().NotContain("ConvertType");
    }

    private void ShouldBeRead<T>()
        where T : struct, INumber<T>
    {
        var singles = Numbers<float>();
        var integers = Numbers<T>();
        string[][] inputs = [["One"], ["Many"], ["Few"], ["One", "Many", "Few"]];
        foreach (string[] input in inputs)
        {
            var estimator = Quick.Embed(_mlContext, input);
            var expected = estimator.Fit(singles).Transform(singles).Embeddings();
            var model = estimator.Fit(integers);

            ShouldBe(model.Transform(integers), expected);
            ShouldBe(model.Transform(singles), expected);
            ShouldBe(Saved.Reload(model, integers.Schema).Transform(integers), expected);
            estimator.GetOutputSchema(Shapes.Of(integers.Schema)).Should().Contain(column => column.Name == "Embedding");
        }
    }

    private static void ShouldBe(IDataView view, float[][] expected) =>
        view.Embeddings().Should().BeEquivalentTo(expected, how => how.WithStrictOrdering());

    private void ShouldBeRefused<T>(string type)
        where T : struct, INumber<T>
    {
        ShouldBeRefused(Numbers<T>(), "One", $"got {type} ", "Conversion.ConvertType");
        ShouldBeRefused(Numbers<T>(), "Many", $"got Vector<{type}", "Conversion.ConvertType");
    }

    private void ShouldBeRefused(IDataView data, string column, params string[] parts)
    {
        string[] all = [$"input column '{column}'", .. parts];
        var estimator = Quick.Embed(_mlContext, column);
        Failure.Of<ArgumentOutOfRangeException>(() => estimator.Fit(data), all);
        Failure.Of<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(Shapes.Of(data.Schema)), all);
    }

    private IDataView Numbers<T>()
        where T : struct, INumber<T> => _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(i => new Row<T>
        {
            One = T.CreateChecked(i * 7 % 50),
            Many = [T.CreateChecked(i), T.CreateChecked(i % 3 == 0 ? 0 : i % 13), T.CreateChecked(99 - i)],
            Few = new VBuffer<T>(3, 1, [T.CreateChecked(1 + i % 9)], [i % 3]),
        }));

    private sealed class Row<T>
        where T : struct
    {
        public T One { get; set; }

        [VectorType(3)]
        public T[] Many { get; set; } = [];

        [VectorType(3)]
        public VBuffer<T> Few { get; set; }
    }
}
