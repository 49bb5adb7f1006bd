using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using FluentAssertions;
using Vae.History;
using Vae.Options;
using Vae.Persistence;
using Xunit;

namespace Vae.Tests.Persistence;

public sealed class OptionsJsonTests
{
    [Fact]
    public void No_options_are_the_defaults_and_the_random_start_that_was_the_only_one() =>
        OptionsJson.Read([]).Should().BeEquivalentTo(
            new VaeOptions { InitialWeights = InitialWeightsKind.Random }, options => options.RespectingRuntimeTypes());

    [Fact]
    public void An_option_that_is_missing_takes_its_default_wherever_it_is()
    {
        foreach (var record in Records())
        {
            var options = OptionsHolding(record);
            var written = OptionsJson.Write(options);
            foreach (var value in written.Select(member => member.Value).OfType<JsonObject>())
            {
                foreach (string name in value.Select(member => member.Key).Where(name => name != "$type").ToArray())
                    value.Remove(name);
            }

            OptionsJson.Write(OptionsJson.Read(written)).ToJsonString()
                .Should().Be(OptionsJson.Write(options).ToJsonString(), $"{record.GetType().Name} has defaults");
        }
    }

    [Fact]
    public void Every_record_that_an_option_can_hold_is_written_and_read()
    {
        var held = Records().Select(record => record.GetType());
        var all = typeof(VaeOptions).Assembly.GetTypes().Where(type => !type.IsAbstract && Bases.Any(type.IsSubclassOf));
        held.Should().BeEquivalentTo(all, "a new record needs a name and an instance at its base record");
    }

    [Fact]
    public void Every_regularizer_comes_back_as_it_was()
    {
        foreach (var (name, regularizer) in RegularizerCases.WithEdges)
        {
            var written = OptionsJson.Write(new VaeOptions { Regularizer = regularizer });
            OptionsJson.Read(JsonNode.Parse(written.ToJsonString())!.AsObject()).Regularizer.Should().Be(regularizer, name);
        }
    }

    [Fact]
    public void Every_regularizer_and_every_noise_scale_has_a_case_in_the_tests()
    {
        RegularizerCases.All.Select(item => item.Options.GetType()).Distinct()
            .Should().BeEquivalentTo(RegularizerOptions.Kinds.Select(kind => kind.GetType()));
        NoiseScaleCases.All.Select(item => item.Options.GetType()).Distinct()
            .Should().BeEquivalentTo(NoiseScaleOptions.Kinds.Select(kind => kind.GetType()));
    }

    [Fact]
    public void Every_option_is_written()
    {
        var options = new VaeOptions();
        var written = OptionsJson.Write(options);
        foreach (var property in typeof(VaeOptions).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            written.ContainsKey(JsonNamingPolicy.CamelCase.ConvertName(property.Name))
                .Should().BeTrue($"{property.Name} travels with the model");
        }
    }

    [Fact]
    public void Every_metric_of_an_epoch_is_written()
    {
        var written = HistoryColumns.Names.Concat(["epoch", "epochs"]);
        var all = typeof(EpochMetrics).GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
        written.Should().BeEquivalentTo(all, $"a new metric needs a column in {nameof(HistoryColumns)}");
    }

    [Theory]
    [InlineData("""{"latentDimensions":3}""")]
    [InlineData("""{"noiseScale":{"$type":"learned","perSlots":true}}""")]
    [InlineData("""{"noiseScale":{"$type":"dreamt"}}""")]
    [InlineData("""{"noiseScale":null}""")]
    [InlineData("""{"hiddenLayers":[1.5]}""")]
    [InlineData("""{"epochs":"many"}""")]
    [InlineData("""{"activation":"swish"}""")]
    public void What_is_not_an_option_is_refused(string json)
    {
        var read = () => OptionsJson.Read(JsonNode.Parse(json)!.AsObject());
        read.Should().Throw<JsonException>();
    }

    private static readonly Type[] Bases = [typeof(NoiseScaleOptions), typeof(RegularizerOptions), typeof(WeightSchedule)];

    private static IEnumerable<object> Records() => OptionsJson.Examples
        .SelectMany(example => new object[] { example.NoiseScale, example.Regularizer, example.RegularizerSchedule })
        .DistinctBy(record => record.GetType());

    private static VaeOptions OptionsHolding(object record) => record switch
    {
        NoiseScaleOptions noise => new VaeOptions { NoiseScale = noise },
        RegularizerOptions regularizer => new VaeOptions { Regularizer = regularizer },
        WeightSchedule schedule => new VaeOptions { RegularizerSchedule = schedule },
        _ => throw new InvalidOperationException($"No option holds a {record.GetType().Name}."),
    };
}
