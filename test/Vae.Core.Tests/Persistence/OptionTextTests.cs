using System.Globalization;
using System.Text.Json.Nodes;
using FluentAssertions;
using Vae.Options;
using Vae.Persistence;
using Xunit;

namespace Vae.Tests.Persistence;

/// <summary>How studies write options down.</summary>
public sealed class OptionTextTests
{
    [Fact]
    public void Every_option_can_be_given_as_text()
    {
        var expected = new VaeOptions
        {
            LatentDimension = 3,
            HiddenLayers = [5, 4],
            Activation = Activation.ReLU,
            LinearBottleneck = false,
            BatchNormalization = true,
            EarlyStopping = false,
            Robustness = 0.25,
            GradientClipNorm = double.PositiveInfinity,
            NoiseScale = NoiseScaleOptions.Learned(perSlot: true),
            Regularizer = new KullbackLeiblerOptions { Beta = 4, FreeBits = 0.5 },
            RegularizerSchedule = WeightSchedule.Cyclical(3, 0.25),
            Seed = -1,
        };
        string text = string.Join(' ', OptionsJson.Write(expected).Select(option => $"{Capitalized(option.Key)}={Text(option.Value)}"));

        OptionText.Apply(new VaeOptions(), text).Should().BeEquivalentTo(expected, options => options.RespectingRuntimeTypes());
    }

    [Fact]
    public void A_record_is_completed_with_the_defaults_of_its_kind() => OptionText
        .Apply(new VaeOptions(), "NoiseScale=Computed Regularizer=InfoVae:Lambda=7 HiddenLayers=")
        .Should().BeEquivalentTo(
            new VaeOptions
            {
                NoiseScale = NoiseScaleOptions.Computed(),
                Regularizer = new InfoVaeOptions { Lambda = 7 },
                HiddenLayers = [],
            },
            options => options.RespectingRuntimeTypes());

    [Theory]
    [InlineData("Epochs", "*form Name=Value*")]
    [InlineData("Epoch=3", "*no option*Epoch=3*")]
    [InlineData("Epochs=many", "*Epochs=many*")]
    [InlineData("Activation=Fast", "*Activation=Fast*")]
    [InlineData("NoiseScale=Loud", "*NoiseScale=Loud*")]
    [InlineData("NoiseScale=Learned:PerRow=true", "*NoiseScale=Learned:PerRow=true*")]
    public void What_is_no_option_or_no_value_of_it_is_an_error_that_quotes_it(string text, string message) =>
        FluentActions.Invoking(() => OptionText.Apply(new VaeOptions(), text)).Should().Throw<ArgumentException>().WithMessage(message);

    private static string Text(JsonNode? value) => value switch
    {
        JsonArray items => string.Join(',', items.Select(item => Text(item))),
        JsonObject record => Capitalized(record["$type"]!.GetValue<string>()) + ":" + string.Join(
            ',', record.Where(member => member.Key != "$type").Select(member => $"{Capitalized(member.Key)}={Text(member.Value)}")),
        null => "null",
        _ => value.ToJsonString().Trim('"'),
    };

    private static string Capitalized(string name) => char.ToUpper(name[0], CultureInfo.InvariantCulture) + name[1..];
}
