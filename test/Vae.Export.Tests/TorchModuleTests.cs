using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FluentAssertions;
using Vae.Data;
using Vae.Networks;
using Vae.Options;
using Xunit;

namespace Vae.Export.Tests;

/// <summary>What is in the Python file of a model. That PyTorch computes the same with it, build/torch.cs sees to.</summary>
public sealed partial class TorchModuleTests
{
    [Theory]
    [MemberData(nameof(ExportCase.Names), MemberType = typeof(ExportCase))]
    public void The_weights_are_the_models_with_outputs_before_inputs(string name)
    {
        var model = ExportCase.Of(name).Model;
        var parts = model.Parts;
        var weights = Weights(Save(model));
        var shape = parts.Parameters.Shape;
        foreach (var (network, layers) in new[] { ("encoder", shape.Encoder), ("decoder", shape.Decoder) })
        {
            for (int i = 0; i < layers.Count; i++)
            {
                float[] stored = parts.Parameters.Weights.Export(TensorNames.Weight(layers[i]));
                var (rows, columns, values) = weights[$"{network}.{i}.dense.weight"];
                (rows, columns).Should().Be((layers[i].Outputs, layers[i].Inputs));
                values.Should().Equal(Enumerable.Range(0, stored.Length).Select(at => stored[at % columns * rows + at / columns]));
                weights[$"{network}.{i}.dense.bias"].Values.Should().Equal(parts.Parameters.Weights.Export(TensorNames.Bias(layers[i])));
                weights.ContainsKey($"{network}.{i}.norm.running_var").Should().Be(layers[i].BatchNormalization);
            }
        }
    }

    [Fact]
    public void The_description_and_the_weights_give_the_embedding()
    {
        var model = ExportCase.Of("only numbers").Model;
        string text = Save(model);
        var description = Description(text);
        float[] row = [.. Enumerable.Range(0, model.Layout.RowWidth).Select(slot => 2.5f + slot)];
        double[] values = [.. row.Select((value, slot) =>
            (value - (double)description["means"]![slot]!) / (double)description["deviations"]![slot]!)];
        var layers = description["encoder"]!.AsArray();
        for (int i = 0; i < layers.Count; i++)
        {
            var (rows, columns, weights) = Weights(text)[$"encoder.{i}.dense.weight"];
            float[] bias = Weights(text)[$"encoder.{i}.dense.bias"].Values;
            values = [.. Enumerable.Range(0, rows).Select(unit =>
                bias[unit] + values.Select((value, at) => value * weights[unit * columns + at]).Sum())];
            var activation = Enum.Parse<Activation>((string)layers[i]!["activation"]!);
            float[] activated = [.. values.Select(value => (float)value)];
            ActivationFunction.Apply(activation, activated, activated);
            values = [.. activated.Select(value => (double)value)];
        }

        float[] embedding = new float[model.LatentDimension];
        model.Encode(row, embedding);
        values.Take(embedding.Length).Should().Equal(embedding, (actual, expected) => Math.Abs(actual - expected) < 1e-4);
    }

    [Fact]
    public void No_name_becomes_Python()
    {
        const string hostile = "a'''b\"\"\"c\\ \n import os # ä";
        var layout = new FeatureLayoutBuilder().Numeric(hostile).OneHot("group", hostile, "other").Build();
        var model = VaeModel.Load(new MemoryStream(UntrainedModels.Bytes(layout, new() { HiddenLayers = [] })));
        string text = Save(model);
        text.Should().MatchRegex(@"\A[\x00-\x7F]*\z");
        text.Split("'''").Should().HaveCount(3);
        text.Split('\n').Should().ContainSingle(line => line.Contains("import os")).Which.Should().StartWith("DESCRIPTION = json.loads(r");
        ((string)Description(text)["layout"]!["groups"]![0]!["name"]!).Should().Be(hostile);
    }

    [Fact]
    public void A_path_that_cannot_be_written_leaves_no_half_file()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["vae.py"]);
        ExportCase.Of("mixed").Model.Invoking(model => model.SaveTorch(folder["vae.py"])).Should().Throw<Exception>()
            .Which.Should().Match(thrown => thrown is IOException || thrown is UnauthorizedAccessException);
        Directory.EnumerateFileSystemEntries(folder.Path).Should().Equal(folder["vae.py"]);
    }

    private static string Save(VaeModel model)
    {
        using var folder = new TemporaryFolder();
        model.SaveTorch(folder["vae.py"]);
        return File.ReadAllText(folder["vae.py"]);
    }

    private static JsonNode Description(string text) => JsonNode.Parse(text.Split("'''")[1])!;

    private static Dictionary<string, (int Rows, int Columns, float[] Values)> Weights(string text) =>
        WeightLine().Matches(text).ToDictionary(match => match.Groups["name"].Value, match =>
        {
            int[] shape = Array.ConvertAll(match.Groups["shape"].Value.Split(", "), int.Parse);
            float[] values = MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(match.Groups["values"].Value)).ToArray();
            values.Should().HaveCount(shape.Aggregate((product, length) => product * length));
            return (shape[0], shape[^1], values);
        });

    [GeneratedRegex("""^    "(?<name>[\w.]+)": \(\[(?<shape>[\d, ]+)\], "(?<values>[^"]*)"\),$""", RegexOptions.Multiline)]
    private static partial Regex WeightLine();
}
