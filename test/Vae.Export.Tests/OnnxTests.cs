using FluentAssertions;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Vae.Data;
using Xunit;

namespace Vae.Export.Tests;

/// <summary>The ONNX file in onnxruntime, whose checker takes it, and whose numbers are the model's.</summary>
public sealed class OnnxTests
{
    [Theory]
    [MemberData(nameof(ExportCase.Names), MemberType = typeof(ExportCase))]
    public void Onnxruntime_computes_what_the_model_computes_from_one_tensor(string name)
    {
        var item = ExportCase.Of(name);
        using var session = Open(item.Model, OnnxInputs.OneTensor, ScoringOutputs.All);
        session.InputMetadata.Keys.Should().Equal("Features");
        foreach (int count in (int[])[1, 1000, 0])
        {
            float[] rows = item.Rows(count);
            Compare(item, count, session, [Matrix("Features", rows, count, item.Model.Layout.RowWidth)]);
        }
    }

    [Theory]
    [MemberData(nameof(ExportCase.Names), MemberType = typeof(ExportCase))]
    public void Onnxruntime_computes_what_the_model_computes_from_columns(string name)
    {
        var item = ExportCase.Of(name);
        using var session = Open(item.Model, OnnxInputs.PerColumn, ScoringOutputs.All);
        foreach (int count in (int[])[1, 1000, 0])
        {
            float[] rows = item.Rows(count);
            Compare(item, count, session, ColumnsOf(item.Model.Layout, rows));
        }
    }

    [Fact]
    public void Only_the_outputs_that_are_asked_for_are_there()
    {
        using var session = Open(ExportCase.Of("mixed").Model, OnnxInputs.OneTensor, ScoringOutputs.Embedding | ScoringOutputs.Score);
        session.OutputMetadata.Keys.Should().Equal("Embedding", "Score");
        session.OutputMetadata["Embedding"].Dimensions.Should().Equal(-1, 3);
        session.OutputMetadata["Score"].Dimensions.Should().Equal(-1, 1);
    }

    [Fact]
    public void The_metadata_tell_whose_the_model_is()
    {
        var model = ExportCase.Of("conditional").Model;
        using var session = Open(model, OnnxInputs.OneTensor, ScoringOutputs.Embedding);
        session.ModelMetadata.ProducerName.Should().Be("Vae.MLNet");
        var metadata = session.ModelMetadata.CustomMetadataMap;
        metadata["vae.library"].Should().MatchRegex(@"^\d+\.\d+\.\d+");
        metadata["vae.format"].Should().MatchRegex(@"^\d+$");
        metadata["vae.layout"].Should().Contain("\"colour\"").And.Contain("green").And.Contain("region");
        metadata["vae.diagnosis"].Should().Contain("activeUnits");
    }

    [Fact]
    public void Columns_of_one_name_are_named_and_one_tensor_does_without()
    {
        var layout = new FeatureLayoutBuilder().Numeric("a").Binary("a").Build();
        var model = VaeModel.Load(new MemoryStream(UntrainedModels.Bytes(layout, new() { HiddenLayers = [] })));
        var act = () => Open(model, OnnxInputs.PerColumn, ScoringOutputs.Embedding);
        act.Should().Throw<NotSupportedException>().WithMessage("*'a'*OneTensor*");
        Open(model, OnnxInputs.OneTensor, ScoringOutputs.Embedding).Dispose();
    }

    [Fact]
    public void A_path_that_cannot_be_written_leaves_no_half_file()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["model.onnx"]);
        var act = () => ExportCase.Of("mixed").Model.SaveOnnx(folder["model.onnx"], OnnxInputs.OneTensor, ScoringOutputs.All);
        act.Should().Throw<Exception>().Which.Should().Match(thrown => thrown is IOException || thrown is UnauthorizedAccessException);
        Directory.EnumerateFileSystemEntries(folder.Path).Should().Equal(folder["model.onnx"]);
    }

    [Fact]
    public void A_wrong_call_leaves_the_file_that_was_there()
    {
        using var folder = new TemporaryFolder();
        string path = folder.Write("model.onnx", "old");
        var model = ExportCase.Of("mixed").Model;
        model.Invoking(it => it.SaveOnnx(path, (OnnxInputs)7, ScoringOutputs.All))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*7*");
        model.Invoking(it => it.SaveOnnx(path, OnnxInputs.OneTensor, 0)).Should().Throw<ArgumentOutOfRangeException>();
        File.ReadAllText(path).Should().Be("old");
        model.SaveOnnx(path, OnnxInputs.OneTensor, ScoringOutputs.Embedding);
        using var session = new InferenceSession(path);
        Directory.EnumerateFileSystemEntries(folder.Path).Should().Equal(path);
    }

    /// <summary>The file of a model, opened.</summary>
    public static InferenceSession Open(VaeModel model, OnnxInputs inputs, ScoringOutputs outputs)
    {
        using var stream = new MemoryStream();
        model.SaveOnnx(stream, inputs, outputs);
        using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, IntraOpNumThreads = 1 };
        return new InferenceSession(stream.ToArray(), options);
    }

    private static void Compare(ExportCase item, int count, InferenceSession session, IReadOnlyCollection<NamedOnnxValue> inputs)
    {
        using var results = session.Run(inputs);
        results.Should().HaveCount(5);
        foreach (var result in results)
        {
            var output = Enum.Parse<ScoringOutputs>(result.Name);
            float[] values = [.. result.AsEnumerable<float>()];
            values.Should().HaveCount(count * item.Width(output));
            item.Difference(output, values).Should().BeLessThan(1e-5, "of {0}", output);
        }
    }

    /// <summary>An input of several columns.</summary>
    public static NamedOnnxValue Matrix(string name, float[] values, int rows, int width) =>
        NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(values, [rows, width]));

    /// <summary>The columns as a table has them: categories by number, NaN where missing, −1 where there are zeros.</summary>
    public static List<NamedOnnxValue> ColumnsOf(FeatureLayout layout, float[] rows)
    {
        int count = rows.Length / layout.RowWidth;
        var columns = new List<NamedOnnxValue>();
        foreach (var group in layout.Groups.Concat(layout.Conditions))
        {
            if (group.Kind == FeatureKind.OneHot)
            {
                columns.Add(Column(group.Name, row =>
                {
                    var slots = rows.AsSpan(row * layout.RowWidth + group.Start, group.Length);
                    return slots.Contains(float.NaN) ? float.NaN : slots.IndexOf(1f);
                }));
                continue;
            }

            for (int slot = group.Start; slot < group.End; slot++)
            {
                int at = slot;
                columns.Add(Column(layout.GetSlotName(slot), row => rows[row * layout.RowWidth + at]));
            }
        }

        return columns;

        NamedOnnxValue Column(string name, Func<int, float> value) =>
            NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(Enumerable.Range(0, count).Select(value).ToArray(), [count, 1]));
    }
}
