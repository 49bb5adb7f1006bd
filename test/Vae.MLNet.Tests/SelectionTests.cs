using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Options;
using Vae.Selection;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class SelectionTests
{
    private static readonly SelectionOptions Selection = new() { Folds = 3, Samples = 20 };

    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Candidates_are_compared_by_log_p_and_the_log_tells_how()
    {
        var lines = new List<string>();
        _mlContext.Log += (_, message) =>
        {
            if (message.Kind != ChannelMessageKind.Trace) lines.Add(message.RawMessage);
        };
        var result = _mlContext.Transforms.SelectVae(
            Tables.Vectors(_mlContext), Quick.Options("Features"), Grid(1, 2), selection: Selection);

        result.Rows.Should().Be(100);
        result.IsByMetric.Should().BeFalse();
        result.Candidates.Should().OnlyContain(candidate => double.IsFinite(candidate.LogLikelihood.Mean));
        result.Recommended.Options.Seed.Should().Be(7, "that is the estimator's");
        lines.Should().Contain(line => line.StartsWith("Candidate 2 (k = 2), fold 1: log p(x) "));
        lines.Should().Contain(line => line.StartsWith("* Recommended: k = "));
    }

    [Fact]
    public void A_metric_is_of_rows_that_neither_embedding_nor_classifier_has_seen()
    {
        var data = Numbered(60);
        var heldOut = new List<float>();
        int[] trained = [];
        var classifier = _mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression("Label", "Embedding");
        var downstream = new Spy(classifier, view => trained = Ids(view));
        var result = _mlContext.Transforms.SelectVae(
            data, Quick.Options("Features"), Grid(1), Measure, downstream, Selection);

        result.IsByMetric.Should().BeTrue();
        result.Best.Metric.Mean.Should().BeInRange(0, 1);
        heldOut.Should().BeEquivalentTo(Enumerable.Range(0, 60), "each row is held out once");

        double Measure(IDataView scored)
        {
            int[] held = Ids(scored);
            held.Should().HaveCount(20);
            held.Concat(trained).Should().BeEquivalentTo(Enumerable.Range(0, 60));
            heldOut.AddRange(held.Select(id => (float)id));
            return _mlContext.BinaryClassification.Evaluate(scored).AreaUnderRocCurve;
        }
    }

    [Fact]
    public void The_candidate_with_the_higher_metric_is_recommended()
    {
        var result = _mlContext.Transforms.SelectVae(
            Tables.Vectors(_mlContext), Quick.Options("Features"), Grid(1, 2, 3),
            embedded => embedded.Schema["Embedding"].Type is VectorDataViewType { Size: 2 } ? 1 : 0, selection: Selection);

        result.Recommended.Options.LatentDimension.Should().Be(2);
        result.ToString().Should().Contain("metric");
    }

    [Fact]
    public void The_recommended_options_train_as_they_are()
    {
        var options = Quick.Options("Features");
        var result = _mlContext.Transforms.SelectVae(Tables.Vectors(_mlContext), options, Grid(3), selection: Selection);
        options.Model = result.Recommended.Options;

        _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext)).Model.LatentDimension.Should().Be(3);
    }

    [Fact]
    public void What_is_wrong_is_named_as_ML_NET_does()
    {
        var data = Tables.Vectors(_mlContext);
        Select(data, Quick.Options("Nowhere"), Grid(1)).Should().Throw<ArgumentOutOfRangeException>().WithMessage("*'Nowhere'*");
        Select(data, Quick.Options("Features"), Grid(0))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*Candidate 1*LatentDimension*");
        Select(Tables.Vectors(_mlContext, 4), Quick.Options("Features"), Grid(1))
            .Should().Throw<InvalidOperationException>().WithMessage("*Folds is 3*the table has 4*Input: 'Features'*");
        FluentActions.Invoking(() => _mlContext.Transforms.SelectVae(
                data, Quick.Options("Features"), Grid(1), downstream: _mlContext.Transforms.CopyColumns("Copy", "Embedding")))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*needs a metric*");

        Action Select(IDataView view, VaeEmbeddingEstimator.Options options, IReadOnlyList<VaeOptions> candidates) =>
            () => _mlContext.Transforms.SelectVae(view, options, candidates, selection: Selection);
    }

    [Fact]
    public void A_cancelled_selection_throws()
    {
        using var source = new CancellationTokenSource();
        var options = Quick.Options("Features");
        options.CancellationToken = source.Token;
        FluentActions.Invoking(() => _mlContext.Transforms.SelectVae(
                Tables.Vectors(_mlContext), options, Grid(1, 2), _ => Cancel(), selection: Selection))
            .Should().Throw<OperationCanceledException>();

        double Cancel()
        {
            source.Cancel();
            return 1;
        }
    }

    private static IReadOnlyList<VaeOptions> Grid(params int[] dimensions) => VaeSelection.Grid(Quick.Model, latentDimensions: dimensions);

    private static int[] Ids(IDataView view) => [.. view.GetColumn<float>("Id").Select(id => (int)id)];

    private IDataView Numbered(int rows) => _mlContext.Data.LoadFromEnumerable(
        Tables.VectorRows(rows).Select((row, i) => new NumberedRow { Id = i, Features = row.Features, Label = row.Features[0] > 0.5f }));

    private sealed class NumberedRow
    {
        public float Id { get; set; }

        [VectorType(4)]
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }

    /// <summary>An estimator whose training rows are looked at.</summary>
    private sealed class Spy(IEstimator<ITransformer> estimator, Action<IDataView> told) : IEstimator<ITransformer>
    {
        public ITransformer Fit(IDataView input)
        {
            told(input);
            return estimator.Fit(input);
        }

        public SchemaShape GetOutputSchema(SchemaShape inputSchema) => estimator.GetOutputSchema(inputSchema);
    }
}
