using System.Reflection;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Inference;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>What reading a row costs: no column that is not read, nothing twice, and no memory.</summary>
public sealed class ScoringCostTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Scoring_allocates_nothing_beyond_the_output_buffers()
    {
        const int rows = 100_000;
        const long allowed = 64 * 1024;
        var row = Tables.MixedRows(1)[0];
        var transformer = Transformer("Age", "Telephone", "Region", "Sparse");
        var source = _mlContext.Data.LoadFromEnumerable(Enumerable.Repeat(row, rows));
        ReadOutputs(transformer.Transform(_mlContext.Data.LoadFromEnumerable(Enumerable.Repeat(row, 1000))));

        // What is allocated per row would be in every round; what the runtime allocates until it has compiled everything is not in the
        // last.
        long least = long.MaxValue;
        for (int round = 0; round < 3 && least >= allowed; round++)
            least = Math.Min(least, ReadOutputs(transformer.Transform(source)) - ReadInputs(source));

        least.Should().BeLessThan(allowed, "buffers are made once, not for each of the {0} rows", rows);
    }

    [Fact]
    public void Embedding_and_log_variance_need_no_decoder()
    {
        var transformer = Transformer("Age", "Sparse");
        var data = Tables.Mixed(_mlContext);
        var expected = transformer.Transform(data).Embeddings();
        const BindingFlags hidden = BindingFlags.Instance | BindingFlags.NonPublic;
        object decoder = typeof(RowEvaluator).GetField("_decoder", hidden)!.GetValue(transformer.Model.Evaluator)!;
        typeof(RowDecoder).GetField("_network", hidden)!.SetValue(decoder, null);

        var view = transformer.Transform(data);
        view.Embeddings().Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
        view.Vectors("EmbeddingLogVariance").Should().HaveCount(expected.Length);
        ShouldNeedDecoder(() => view.Vectors("EmbeddingCellScores"));
        ShouldNeedDecoder(() => view.Vectors("EmbeddingReconstruction"));
        ShouldNeedDecoder(() => view.Scores());
    }

    [Fact]
    public void However_many_columns_are_read_a_row_is_computed_once()
    {
        var transformer = Transformer("Age", "Sparse");
        var data = new RecordingDataView(Tables.Mixed(_mlContext));

        ReadOutputs(transformer.Transform(data));

        data.Reads["Age"].Should().Be(120);
        data.Reads["Sparse"].Should().Be(120);
    }

    [Fact]
    public void Only_the_input_columns_are_asked_for_and_only_when_an_output_is_read()
    {
        var transformer = Transformer("Age", "Sparse");
        var data = new RecordingDataView(Tables.Mixed(_mlContext));
        var view = transformer.Transform(data);

        view.GetColumn<float>("Weight").Should().HaveCount(120);
        data.Requested.Should().BeEquivalentTo("Weight");
        data.Requested.Clear();
        view.Embeddings().Should().HaveCount(120);
        data.Requested.Should().BeEquivalentTo("Age", "Sparse");
    }

    [Fact]
    public void Fit_reads_only_the_columns_that_it_needs()
    {
        var data = new RecordingDataView(Tables.Mixed(_mlContext));
        var options = Quick.Options("Age", "Region");
        options.ExampleWeightColumnName = "Weight";

        _mlContext.Transforms.VaeEmbed(options).Fit(data);

        data.Requested.Should().BeEquivalentTo("Age", "Region", "Weight");
    }

    private static void ShouldNeedDecoder(Action read) =>
        read.Should().Throw<Exception>("the decoder is gone").Which.GetBaseException().Should().BeOfType<NullReferenceException>();

    private VaeEmbeddingTransformer Transformer(params string[] inputs)
    {
        var options = Quick.Options(inputs);
        options.AdditionalColumns = VaeOutputColumns.All;
        return _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Mixed(_mlContext));
    }

    private static long ReadOutputs(IDataView view)
    {
        // One cursor that computes on this thread; GetRowCursor would hand the work to several.
        using var cursor = view.GetRowCursorSet(OutputReader.Names(view.Schema), 1)[0];
        var reader = new OutputReader(cursor);
        cursor.MoveNext();
        reader.Read();
        return AllocatedBytes.OfOneCall(() =>
        {
            while (cursor.MoveNext())
                reader.Read();
        });
    }

    private static long ReadInputs(IDataView view)
    {
        var schema = view.Schema;
        using var cursor = view.GetRowCursor([schema["Age"], schema["Telephone"], schema["Region"], schema["Sparse"]]);
        var age = cursor.GetGetter<float>(schema["Age"]);
        var telephone = cursor.GetGetter<bool>(schema["Telephone"]);
        var region = cursor.GetGetter<uint>(schema["Region"]);
        var sparse = cursor.GetGetter<VBuffer<float>>(schema["Sparse"]);
        var (a, t, r, s) = (0f, false, 0u, default(VBuffer<float>));
        cursor.MoveNext();
        return AllocatedBytes.OfOneCall(() =>
        {
            while (cursor.MoveNext())
            {
                age(ref a);
                telephone(ref t);
                region(ref r);
                sparse(ref s);
            }
        });
    }
}
