using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Runtime;
using Vae.Data;
using Vae.Diagnostics;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Pipelines that train without an error, though hardly anybody means what they say.</summary>
public sealed class SilentMisuseTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly List<LoggingEventArgs> _log = [];

    public SilentMisuseTests() => _mlContext.Log += (_, message) => _log.Add(message);

    [Fact]
    public void One_hot_slots_that_were_scaled_by_NormalizeMinMax_are_a_finding_and_a_warning() =>
        ShouldWarn(
            Concatenated().Append(_mlContext.Transforms.NormalizeMinMax("Features")),
            "Housing.own, Housing.free, Housing.rent, Job.smith, Job.nurse, … hold only 0 and 1 but are numeric: "
            + "normalize before Concatenate, or use FeatureKinds, so that they become binary or one-hot.");

    [Fact]
    public void One_hot_slots_that_were_scaled_by_NormalizeMeanVariance_are_a_finding_and_a_warning() =>
        ShouldWarn(
            Concatenated().Append(_mlContext.Transforms.NormalizeMeanVariance("Features")),
            "Housing.own, Housing.free, Housing.rent, Job.smith, Job.nurse, … hold only two values each but are numeric: "
            + "if they were one-hot, normalize before Concatenate, or not at all, since numbers are standardized inside.");

    [Fact]
    public void Zeros_and_ones_of_a_plain_vector_are_a_finding_and_a_warning_until_FeatureKinds_names_them()
    {
        var random = new Random(1);
        var data = _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 100).Select(i => new VectorRow
        {
            Features = [random.NextSingle(), i % 2, random.NextSingle(), i % 3 == 0 ? 1 : 0],
        }));
        var options = Quick.Options("Features");
        TwoValued(_mlContext.Transforms.VaeEmbed(options).Fit(data)).Should().Equal(
            "Features.1, Features.3 hold only 0 and 1 but are numeric: normalize before Concatenate, or use FeatureKinds, "
            + "so that they become binary or one-hot.");

        options.FeatureKinds["Features.1"] = FeatureKind.Binary;
        options.FeatureKinds["Features.3"] = FeatureKind.Binary;
        TwoValued(_mlContext.Transforms.VaeEmbed(options).Fit(data)).Should().BeEmpty();
    }

    [Fact]
    public void A_pipeline_that_normalizes_before_Concatenate_has_no_warning()
    {
        var data = Tables.Mixed(_mlContext);
        var pipeline = _mlContext.Transforms.NormalizeMinMax("Age").Append(Concatenated()).Append(Quick.Embed(_mlContext, "Features"));
        TwoValued(pipeline.Fit(data).LastTransformer).Should().BeEmpty();
    }

    [Fact]
    public void The_log_says_what_the_slots_are_taken_for()
    {
        var data = Tables.Mixed(_mlContext);
        var options = Quick.Options("Features", "Telephone", "Sparse");
        options.ConditionColumnNames = ["Region", "Weight"];
        Concatenated().Append(_mlContext.Transforms.VaeEmbed(options)).Fit(data);
        Quick.Embed(_mlContext, "Region").Fit(data);

        _log.Where(message => message.Kind == ChannelMessageKind.Info).Select(message => message.RawMessage)
            .Should().Contain("Reads 'Features', 'Telephone', 'Sparse', 'Region', 'Weight' as 7 numeric, 1 binary, 2 one-hot groups; "
                + "conditions: 1 numeric, 1 one-hot group.")
            .And.Contain("Reads 'Region' as 1 one-hot group.");
    }

    private void ShouldWarn(IEstimator<ITransformer> preparation, string message)
    {
        var pipeline = preparation.Append(Quick.Embed(_mlContext, "Features"));
        var transformer = pipeline.Fit(Tables.Mixed(_mlContext)).LastTransformer;

        transformer.Model.Layout.Groups.Should().ContainSingle("the normalizer drops the categorical ranges");
        TwoValued(transformer).Should().Equal(message);
        _log.Should().Contain(entry => entry.Kind == ChannelMessageKind.Warning && entry.RawMessage == message);
    }

    private EstimatorChain<ColumnConcatenatingTransformer> Concatenated() => _mlContext.Transforms.Categorical.OneHotEncoding([new("Housing"), new("Job")])
        .Append(_mlContext.Transforms.Concatenate("Features", "Age", "Housing", "Job"));

    private static IEnumerable<string> TwoValued(VaeEmbeddingTransformer transformer) => transformer.Diagnosis.Findings
        .Where(finding => finding is { Kind: FindingKind.TwoValuedNumbers, IsWarning: true }).Select(finding => finding.Message);
}
