using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Options;
using Xunit;

namespace Vae.MLNet.TorchSharp.Tests;

/// <summary>Which trainer and device an application gets that has added TorchSharp-cpu.</summary>
public sealed class TrainerChoiceTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly List<LoggingEventArgs> _log = [];

    public TrainerChoiceTests() => _mlContext.Log += (_, message) => _log.Add(message);

    [TorchFact]
    public void Auto_is_TorchSharp_where_libtorch_can_be_loaded()
    {
        Fit(TrainerKind.Auto).History.Trainer.Should().Be("TorchSharp (CPU)");
        _log.Should().Contain(message =>
            message.Message.Contains("Training with TorchSharp (CPU), because libtorch is there.", StringComparison.Ordinal));
    }

    [TorchFact]
    public void TorchSharp_can_be_asked_for()
    {
        Fit(TrainerKind.TorchSharp).History.Trainer.Should().Be("TorchSharp (CPU)");
        _log.Should().Contain(message =>
            message.Message.Contains("Training with TorchSharp (CPU), as was asked for.", StringComparison.Ordinal));
    }

    [TorchFact]
    public void Managed_can_be_asked_for()
    {
        Fit(TrainerKind.Managed).History.Trainer.Should().Be("Managed");
        _log.Should().Contain(message => message.Message.Contains("Training in managed code, as was asked for.", StringComparison.Ordinal));
    }

    [TorchFact]
    public void A_GPU_that_is_not_there_is_a_warning_and_training_runs_on_the_processor()
    {
        _mlContext.GpuDeviceId = 4711;
        _mlContext.FallbackToCpu = true;
        Fit(TrainerKind.Auto).History.Trainer.Should().Be("TorchSharp (CPU)");
        _log.Should().Contain(message =>
            message.Kind == ChannelMessageKind.Warning && message.Message.Contains("not on GPU 4711: ", StringComparison.Ordinal));
    }

    [TorchTheory]
    [InlineData(TrainerKind.Auto)]
    [InlineData(TrainerKind.TorchSharp)]
    public void A_GPU_that_is_not_there_is_an_error_if_training_may_not_fall_back(TrainerKind kind)
    {
        _mlContext.GpuDeviceId = 4711;
        _mlContext.FallbackToCpu = false;
        var fit = () => Fit(kind);
        fit.Should().Throw<InvalidOperationException>().WithMessage("GPU 4711 cannot be used: *");
    }

    [TorchFact]
    public void A_model_that_TorchSharp_trained_is_saved_and_loaded_like_any_other()
    {
        var transformer = Fit(TrainerKind.TorchSharp);
        using var file = new MemoryStream();
        _mlContext.Model.Save(transformer, Data().Schema, file);
        file.Position = 0;
        var loaded = new MLContext().Model.Load(file, out _);

        Embed(loaded).Should().BeEquivalentTo(Embed(transformer), options => options.WithStrictOrdering());
    }

    [TorchFact]
    public async Task Two_fits_at_once_give_what_each_gives_alone()
    {
        var data = Data();
        var estimators = new[] { 3, 4 }.Select(seed =>
        {
            var options = Options(TrainerKind.TorchSharp);
            options.Seed = seed;
            options.ThreadCount = 1;
            return _mlContext.Transforms.VaeEmbed(options);
        }).ToArray();
        float[][] alone = [.. estimators.Select(Embeddings)];

        var fits = estimators.Select(
            estimator => Task.Factory.StartNew(() => Embeddings(estimator), TaskCreationOptions.LongRunning));
        float[][] together = await Task.WhenAll(fits);

        together[0].Should().Equal(alone[0]);
        together[1].Should().Equal(alone[1]);
        together[1].Should().NotEqual(together[0]);

        float[] Embeddings(VaeEmbeddingEstimator estimator) => [.. Embed(estimator.Fit(data)).SelectMany(embedding => embedding)];
    }

    [TorchFact]
    public void Cancellation_reaches_the_trainer()
    {
        using var source = new CancellationTokenSource();
        var options = Options(TrainerKind.TorchSharp);
        options.CancellationToken = source.Token;
        options.Progress = new Listener(_ => source.Cancel());
        var fit = () => _mlContext.Transforms.VaeEmbed(options).Fit(Data());
        fit.Should().Throw<OperationCanceledException>();
    }

    private VaeEmbeddingTransformer Fit(TrainerKind kind) => _mlContext.Transforms.VaeEmbed(Options(kind)).Fit(Data());

    private static VaeEmbeddingEstimator.Options Options(TrainerKind kind) => new()
    {
        InputColumnNames = ["Features"],
        Trainer = kind,
        Seed = 3,
        Model = new VaeOptions { LatentDimension = 2, HiddenLayers = [8], Epochs = 5 },
    };

    private IDataView Data()
    {
        var random = new Random(1);
        return _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 100)
            .Select(_ => new Row { Features = [.. Enumerable.Range(0, 4).Select(_ => (float)random.NextDouble())] }).ToArray());
    }

    private float[][] Embed(ITransformer transformer) => [.. transformer.Transform(Data()).GetColumn<float[]>("Embedding")];

    private sealed class Row
    {
        [VectorType(4)]
        public float[] Features { get; set; } = [];
    }
}
