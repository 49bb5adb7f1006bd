using System.Reflection;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.History;
using Vae.Options;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>
/// What a user of ML.NET expects of the environment: seed, log, cancellation, caching, cross-validation, weights, warm start.
/// </summary>
public sealed class EnvironmentTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void The_seed_of_the_context_makes_training_repeatable()
    {
        Embed(new MLContext(5), null).Should().BeEquivalentTo(Embed(new MLContext(5), null), options => options.WithStrictOrdering());
        Embed(new MLContext(5), null)[0].Should().NotEqual(Embed(new MLContext(6), null)[0]);
        Embed(new MLContext(5), 9).Should().BeEquivalentTo(Embed(new MLContext(6), 9), options => options.WithStrictOrdering());
    }

    [Fact]
    public void An_estimator_gives_the_same_model_every_time()
    {
        var data = Tables.Vectors(_mlContext);
        var estimator = _mlContext.Transforms.VaeEmbed("Embedding", "Features", epochs: 2);
        estimator.Fit(data).Transform(data).Embeddings()
            .Should().BeEquivalentTo(estimator.Fit(data).Transform(data).Embeddings(), options => options.WithStrictOrdering());
    }

    [Fact]
    public void Later_changes_of_the_options_have_no_effect()
    {
        var options = Quick.Options("Features");
        var estimator = _mlContext.Transforms.VaeEmbed(options);
        options.LatentDimension = 7;
        options.OutputColumnName = "Other";
        var data = Tables.Vectors(_mlContext);
        estimator.Fit(data).Transform(data).Embeddings()[0].Should().HaveCount(2);
    }

    [Fact]
    public void Progress_and_diagnosis_are_logged()
    {
        var log = new List<LoggingEventArgs>();
        _mlContext.Log += (_, message) => log.Add(message);
        var reported = new List<EpochMetrics>();
        var options = Quick.Options("Features");
        options.Epochs = 20;
        options.Progress = new Listener(reported.Add);

        var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext));

        var own = log.Where(message => message.Source.Contains("VaeEmbeddingEstimator", StringComparison.Ordinal)).ToArray();
        own.Count(message => message.RawMessage.StartsWith("Epoch ", StringComparison.Ordinal)).Should().Be(20);
        own.Count(message => message.Kind == ChannelMessageKind.Info && message.RawMessage.StartsWith("Epoch ", StringComparison.Ordinal))
            .Should().Be(10);
        own.First(message => message.RawMessage.StartsWith("Epoch 2 ", StringComparison.Ordinal)).RawMessage.Should().MatchRegex(
            @"^Epoch 2 of 20: loss [\d.]+ \(reconstruction [\d.]+, KL [\d.]+\), [\d.]+ at KL weight 0\.\d+"
            + @"; \d+ s, at most \d+ s left$");
        own.Select(message => message.RawMessage).Should().Contain(transformer.Diagnosis.ToString().Split('\n')[0].Trim());
        own.Should().OnlyContain(message => message.Kind != ChannelMessageKind.Error);
        foreach (var finding in transformer.Diagnosis.Findings.Where(finding => finding.IsWarning))
            own.Should().Contain(message => message.Kind == ChannelMessageKind.Warning && message.RawMessage == finding.Message);
        reported.Select(metrics => metrics.Epoch).Should().Equal(Enumerable.Range(1, 20));
        reported.Should().Equal(transformer.History.Epochs);
    }

    [Fact]
    public void A_collapsed_model_is_reported_as_a_warning()
    {
        var warnings = new List<string>();
        _mlContext.Log += (_, message) =>
        {
            if (message.Kind == ChannelMessageKind.Warning) warnings.Add(message.RawMessage);
        };
        var options = Quick.Options("Features");
        options.Regularizer = Vae.Options.RegularizerOptions.KullbackLeibler(1000);
        options.Model = options.Model with
        {
            RegularizerSchedule = Vae.Options.WeightSchedule.Constant(),
            LearningRate = 0.01,
            Epochs = 200,
        };

        _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext));

        warnings.Should().ContainMatch("*posterior has collapsed*");
    }

    [Fact]
    public void The_token_of_the_options_ends_training()
    {
        using var source = new CancellationTokenSource();
        var options = Endless(_ => source.Cancel());
        options.CancellationToken = source.Token;
        FluentActions.Invoking(() => _mlContext.Transforms.VaeEmbed(options).Fit(Tables.Vectors(_mlContext)))
            .Should().Throw<OperationCanceledException>().ShouldBeMarked().Which.CancellationToken.Should().Be(source.Token);
    }

    [Fact]
    public void The_flag_of_the_host_ends_training_and_prevents_another()
    {
        var cancel = typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!;
        var estimator = _mlContext.Transforms.VaeEmbed(Endless(metrics =>
        {
            if (metrics.Epoch == 1) cancel.Invoke(_mlContext, null);
        }));
        for (int round = 0; round < 2; round++)
        {
            FluentActions.Invoking(() => estimator.Fit(Tables.Vectors(_mlContext)))
                .Should().Throw<OperationCanceledException>().WithMessage("Operation was canceled.").ShouldBeMarked();
        }
    }

    [Fact]
    public void Cross_validation_trains_and_scores_each_fold()
    {
        var data = Tables.Mixed(_mlContext, 200);
        var pipeline = Quick.MixedPipeline(_mlContext, VaeOutputColumns.None)
            .Append(_mlContext.BinaryClassification.Trainers.SdcaLogisticRegression("Label", "Embedding"));

        var folds = _mlContext.BinaryClassification.CrossValidate(data, pipeline, numberOfFolds: 3);

        folds.Should().HaveCount(3);
        folds.Average(fold => fold.Metrics.AreaUnderRocCurve).Should().BeGreaterThan(0.6);
        folds.Select(fold => fold.Model.Transform(data).Embeddings()[0][0]).Should().OnlyHaveUniqueItems("each fold has other rows");
    }

    [Fact]
    public void A_cache_checkpoint_before_it_changes_nothing()
    {
        var data = Tables.Mixed(_mlContext);
        IEstimator<ITransformer> Pipeline(bool cache)
        {
            var concatenate = _mlContext.Transforms.Concatenate("Features", "Age", "Sparse");
            return cache
                ? concatenate.AppendCacheCheckpoint(_mlContext).Append(Quick.Embed(_mlContext, "Features"))
                : concatenate.Append(Quick.Embed(_mlContext, "Features"));
        }

        Pipeline(true).Fit(data).Transform(data).Embeddings()
            .Should().BeEquivalentTo(Pipeline(false).Fit(data).Transform(data).Embeddings(), options => options.WithStrictOrdering());
    }

    [Fact]
    public void Weights_matter_and_equal_weights_do_not()
    {
        float[][] Embed(string? weights, Func<MixedRow, float> weigh)
        {
            var rows = Tables.MixedRows();
            rows.ForEach(row => row.Weight = weigh(row));
            var options = Quick.Options("Age", "Sparse");
            options.ExampleWeightColumnName = weights;
            var data = _mlContext.Data.LoadFromEnumerable(rows);
            return _mlContext.Transforms.VaeEmbed(options).Fit(data).Transform(data).Embeddings();
        }

        var plain = Embed(null, row => row.Age);
        Embed("Weight", _ => 2).Should().BeEquivalentTo(plain, options => options.WithStrictOrdering());
        Embed("Weight", row => row.Label ? 5 : 0)[0].Should().NotEqual(plain[0]);
    }

    [Fact]
    public void A_warm_start_continues_where_the_earlier_model_ended()
    {
        var data = Tables.Vectors(_mlContext, 300);
        var thorough = Quick.Options("Features");
        thorough.Epochs = 60;
        thorough.LearningRate = 0.01;
        var first = _mlContext.Transforms.VaeEmbed(thorough).Fit(data);
        var brief = Quick.Options("Features");
        brief.Model = brief.Model with { InitialWeights = Vae.Options.InitialWeightsKind.Random };
        var estimator = _mlContext.Transforms.VaeEmbed(brief);
        float[] before = first.Transform(data).Embeddings()[0];

        double warm = estimator.Fit(data, first).History.Epochs[0].Reconstruction;
        double cold = estimator.Fit(data).History.Epochs[0].Reconstruction;

        warm.Should().BeLessThan(cold - 1, "the first epoch begins with trained weights");
        first.Transform(data).Embeddings()[0].Should().Equal(before);
    }

    [Fact]
    public void A_warm_start_from_other_columns_or_another_architecture_is_refused()
    {
        var mixed = Tables.Mixed(_mlContext);
        var initial = Quick.Embed(_mlContext, "Age").Fit(mixed);
        Failure.Of<ArgumentException>(() => Quick.Embed(_mlContext, "Sparse").Fit(mixed, initial), "initial");
        Failure.Of<ArgumentException>(
            () => _mlContext.Transforms.VaeEmbed("Embedding", "Age", latentDimension: 1).Fit(mixed, initial), "initial", "architecture");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_network_that_is_too_large_is_the_fault_of_the_options(bool warmStart)
    {
        var mixed = Tables.Mixed(_mlContext);
        var initial = warmStart ? Quick.Embed(_mlContext, "Age").Fit(mixed) : null;
        var options = Quick.Options("Age");
        options.HiddenLayers = [65536, 65536];
        FluentActions.Invoking(() => _mlContext.Transforms.VaeEmbed(options).Fit(mixed, initial))
            .Should().Throw<ArgumentOutOfRangeException>().ShouldBeMarked()
            .WithParameterName(nameof(options.Model)).WithMessage("*narrower HiddenLayers*").Which.Message.Should().NotContain("Input:");
    }

    [Fact]
    public void The_catalog_and_the_options_have_the_defaults_of_the_model_options()
    {
        var defaults = new VaeOptions();
        new VaeEmbeddingEstimator.Options().Model.Should().BeEquivalentTo(defaults);
        foreach (var method in typeof(VaeTransformsCatalog).GetMethods().Where(method => method.Name == "VaeEmbed"))
        {
            var numbers = method.GetParameters().Where(parameter => parameter.HasDefaultValue && parameter.ParameterType == typeof(int));
            foreach (var parameter in numbers)
            {
                var property = typeof(VaeOptions).GetProperty(char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..])!;
                parameter.DefaultValue.Should().Be(property.GetValue(defaults), parameter.Name);
            }
        }
    }

    [Fact]
    public void Temporary_files_go_where_the_context_says()
    {
        using var folder = new TemporaryFolder();
        _mlContext.TempFilePath = folder.Path;
        Internals.Hosting.TemporaryFolder(((IHostEnvironment)_mlContext).Register("Test")).Should().Be(folder.Path);
    }

    [Fact]
    public void A_table_beyond_the_memory_budget_goes_to_a_file_in_the_folder_of_the_context_and_changes_nothing()
    {
        using var folder = new TemporaryFolder();
        var options = Quick.Options("Features");
        options.Trainer = TrainerKind.Managed;
        var data = Tables.Vectors(_mlContext);
        _mlContext.TempFilePath = folder["nowhere"];
        var expected = _mlContext.Transforms.VaeEmbed(options).Fit(data).Transform(data).Embeddings();

        options.MemoryBudget = 0;
        FluentActions.Invoking(() => _mlContext.Transforms.VaeEmbed(options).Fit(data))
            .Should().Throw<DirectoryNotFoundException>().WithMessage($"*{folder["nowhere"]}*");
        _mlContext.TempFilePath = folder.Path;
        var embeddings = _mlContext.Transforms.VaeEmbed(options).Fit(data).Transform(data).Embeddings();

        embeddings.Should().BeEquivalentTo(expected, how => how.WithStrictOrdering());
        Directory.EnumerateFileSystemEntries(folder.Path).Should().BeEmpty();
    }

    [Fact]
    public void A_negative_memory_budget_is_refused()
    {
        var options = Quick.Options("Features");
        options.MemoryBudget = -1;
        Failure.Of<ArgumentOutOfRangeException>(() => _mlContext.Transforms.VaeEmbed(options), "MemoryBudget");
    }

    private static float[][] Embed(MLContext mlContext, int? seed)
    {
        var data = Tables.Vectors(mlContext);
        return mlContext.Transforms.VaeEmbed("Embedding", "Features", latentDimension: 2, epochs: 2, seed: seed)
            .Fit(data).Transform(data).Embeddings();
    }

    private static VaeEmbeddingEstimator.Options Endless(Action<EpochMetrics> onEpoch)
    {
        var options = Quick.Options("Features");
        options.Epochs = int.MaxValue;
        options.Model = options.Model with { EarlyStopping = false, LearningRate = 1e-6 };
        options.Progress = new Listener(onEpoch);
        return options;
    }
}
