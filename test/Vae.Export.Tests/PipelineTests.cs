using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Vae.Data;
using Vae.MLNet;
using Vae.Options;
using Xunit;

namespace Vae.Export.Tests;

/// <summary>ML.NET on both sides: its converter asks VaeEmbed for operators, and its ApplyOnnxModel runs the library's files.</summary>
public sealed class PipelineTests
{
    private static readonly string[] Names =
        ["Embedding", "EmbeddingLogVariance", "EmbeddingScore", "EmbeddingCellScores", "EmbeddingReconstruction"];

    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void ConvertToOnnx_gets_a_graph_that_computes_the_columns_of_VaeEmbed()
    {
        var data = Data();
        var transformer = Fit(data, ["Numbers", "Flag", "Region", "Small"], ["Age", "Place"]);
        var view = transformer.Transform(data);
        var context = new RecordingContext();
        var inputs = Inputs(data);
        foreach (var input in inputs)
            context.AddInput(input.Name, input.AsTensor<float>().Dimensions[1]);

        ((ICanSaveOnnx)view).CanSaveOnnx(context).Should().BeTrue();
        ((ISaveAsOnnx)view).SaveAsOnnx(context);

        context.ContainsColumn("EmbeddingReasons").Should().BeFalse("words have no operators");
        context.OperatorSet.Should().Be(11, "ML.NET converts to 12 unless it is told otherwise");
        context.Nodes.Should().OnlyContain(node => node.Domain == "", "null means ai.onnx.ml to ML.NET's converter");
        context.Nodes.SelectMany(node => node.Attributes).Should().OnlyContain(attribute => attribute.Value != 0, "ML.NET loses those");
        context.Nodes.Select(node => node.Name).Should().OnlyHaveUniqueItems();
        using var session = new InferenceSession(context.Write([.. Names.Select(name => (name, WidthOf(view, name)))]));
        using var results = session.Run(inputs);
        foreach (var result in results)
        {
            string name = result.Name[..^".onnx".Length];
            float[] expected = ValuesOf(view, name);
            Agreement.Largest([.. result.AsEnumerable<float>()], expected, WidthOf(view, name)).Should().BeLessThan(1e-5, "of {0}", name);
        }
    }

    [Fact]
    public void ConvertToOnnx_gets_a_graph_that_computes_the_columns_of_VaeDetect()
    {
        var data = Data();
        var options = new VaeDetectionEstimator.Options
        {
            InputColumnNames = ["Numbers", "Flag", "Region", "Small"],
            ConditionColumnNames = ["Age", "Place"],
            FalseAlarmRate = 0.1,
            Trainer = TrainerKind.Managed,
            Model = new VaeOptions { LatentDimension = 2, HiddenLayers = [8], Epochs = 3 },
            Seed = 7,
            ReasonsColumnName = "Reasons",
        };
        var view = _mlContext.Transforms.VaeDetect(options).Fit(data).Transform(data);
        var context = new RecordingContext();
        var inputs = Inputs(data);
        foreach (var input in inputs)
            context.AddInput(input.Name, input.AsTensor<float>().Dimensions[1]);

        ((ICanSaveOnnx)view).CanSaveOnnx(context).Should().BeTrue();
        ((ISaveAsOnnx)view).SaveAsOnnx(context);
        context.ContainsColumn("Reasons").Should().BeFalse("words have no operators");

        context.Nodes.SelectMany(node => node.Attributes).Should().OnlyContain(attribute => attribute.Value != 0, "ML.NET loses those");
        using var session = new InferenceSession(context.Write(("Score", 1), ("PValue", 1), ("PredictedLabel", 1)));
        using var results = session.Run(inputs);
        float[] scores = [.. results.Single(result => result.Name == "Score.onnx").AsEnumerable<float>()];
        Agreement.Largest(scores, ValuesOf(view, "Score"), 1).Should().BeLessThan(1e-5);
        results.Single(result => result.Name == "PValue.onnx").AsEnumerable<float>()
            .Should().Equal(view.GetColumn<float>("PValue"), (actual, expected) => Math.Abs(actual - expected) < 1e-6f);
        results.Single(result => result.Name == "PredictedLabel.onnx").AsEnumerable<float>()
            .Should().Equal(view.GetColumn<bool>("PredictedLabel").Select(label => label ? 1f : 0f));
        const long boolean = 9;
        context.Nodes.Should().ContainSingle(node => node.Operation == "Cast" && node.Attributes[0].Value == boolean);
    }

    [Fact]
    public void A_graph_without_an_input_column_loses_the_appended_columns()
    {
        var data = Data();
        var view = Fit(data, ["Numbers", "Flag"], []).Transform(data);
        var context = new RecordingContext();
        context.AddInput("Numbers", 3);
        ((ISaveAsOnnx)view).SaveAsOnnx(context);
        context.Nodes.Should().BeEmpty();
        context.ContainsColumn("Embedding").Should().BeFalse();
    }

    [Fact]
    public void A_column_may_have_the_name_of_an_intermediate_result()
    {
        var data = _mlContext.Transforms.CopyColumns("Embedding/vae/Gemm", "Numbers").Fit(Data()).Transform(Data());
        var view = Fit(data, ["Numbers"], []).Transform(data);
        var context = new RecordingContext();
        context.AddInput("Embedding/vae/Clip", 3);
        context.AddInput("Numbers", 3);
        ((ISaveAsOnnx)view).SaveAsOnnx(context);
        using var session = new InferenceSession(context.Write([.. Names.Select(name => (name, WidthOf(view, name)))]));
        session.OutputMetadata.Should().HaveCount(5);
    }

    [Fact]
    public void ApplyOnnxModel_computes_the_columns_of_VaeEmbed()
    {
        using var folder = new TemporaryFolder();
        var data = Data();
        var transformer = Fit(data, ["Numbers"], []);
        var view = transformer.Transform(data);
        transformer.Model.SaveOnnx(folder["model.onnx"], OnnxInputs.OneTensor, ScoringOutputs.All);
        string[] outputs = ["Embedding", "LogVariance", "Score", "CellScores", "Reconstruction"];
        var pipeline = _mlContext.Transforms.CopyColumns("Features", "Numbers")
            .Append(_mlContext.Transforms.ApplyOnnxModel(outputs, ["Features"], folder["model.onnx"]));
        var applied = pipeline.Fit(data).Transform(data);
        foreach (var (output, name) in outputs.Zip(Names))
        {
            int width = WidthOf(view, name);
            Agreement.Largest(ValuesOf(applied, output), ValuesOf(view, name), width).Should().BeLessThan(1e-5, "of {0}", output);
        }
    }

    private static int WidthOf(IDataView view, string name) => view.Schema[name].Type is VectorDataViewType vector ? vector.Size : 1;

    private VaeEmbeddingTransformer Fit(IDataView data, string[] inputs, string[] conditions)
    {
        var options = new VaeEmbeddingEstimator.Options
        {
            InputColumnNames = inputs,
            ConditionColumnNames = conditions,
            OutputColumnName = "Embedding",
            AdditionalColumns = VaeOutputColumns.All | VaeOutputColumns.Reasons,
            Trainer = TrainerKind.Managed,
            Model = new VaeOptions { LatentDimension = 2, HiddenLayers = [8], Epochs = 3, ValidationFraction = 0 },
            Seed = 7,
        };
        if (inputs.Contains("Small")) options.FeatureKinds["Small"] = FeatureKind.Numeric;
        return _mlContext.Transforms.VaeEmbed(options).Fit(data);
    }

    private IDataView Data()
    {
        var random = new Random(3);
        var rows = Enumerable.Range(0, 120).Select(i => new Row
        {
            Numbers = [2000 + random.NextSingle(), i % 7 == 0 ? float.NaN : random.NextSingle(), 5 * random.NextSingle()],
            Flag = i % 3 == 0,
            Region = (uint)(i % 5),
            Small = (byte)(i % 11),
            Age = i % 5 == 0 ? float.NaN : 30 + 10 * random.NextSingle(),
            Place = (uint)(i % 3),
        });
        return _mlContext.Data.LoadFromEnumerable(rows.ToArray());
    }

    /// <summary>
    /// The columns as the graph takes them: keys and truth values as numbers, which ML.NET's converter declares by their types.
    /// </summary>
    private static List<NamedOnnxValue> Inputs(IDataView data) =>
    [
        Tensor("Numbers", [.. data.GetColumn<float[]>("Numbers").SelectMany(values => values)], 3),
        Tensor("Flag", [.. data.GetColumn<bool>("Flag").Select(value => value ? 1f : 0f)], 1),
        Tensor("Region", [.. data.GetColumn<uint>("Region").Select(value => (float)value)], 1),
        Tensor("Small", [.. data.GetColumn<byte>("Small").Select(value => (float)value)], 1),
        Tensor("Age", [.. data.GetColumn<float>("Age")], 1),
        Tensor("Place", [.. data.GetColumn<uint>("Place").Select(value => (float)value)], 1),
    ];

    private static NamedOnnxValue Tensor(string name, float[] values, int width) =>
        NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(values, [values.Length / width, width]));

    private static float[] ValuesOf(IDataView view, string name) => view.Schema[name].Type is VectorDataViewType
        ? [.. view.GetColumn<float[]>(name).SelectMany(values => values)]
        : [.. view.GetColumn<float>(name)];

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Numbers { get; set; } = [];

        public bool Flag { get; set; }

        [KeyType(4)]
        public uint Region { get; set; }

        public byte Small { get; set; }

        public float Age { get; set; }

        [KeyType(3)]
        public uint Place { get; set; }
    }
}
