using FluentAssertions;
using Microsoft.ML.OnnxRuntime;
using Vae.Data;
using Vae.Detection;
using Vae.Options;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Export.Tests;

/// <summary>A detector's ONNX file in onnxruntime, which says of rows what the detector says.</summary>
public sealed class DetectorOnnxTests
{
    private const int Count = 600;
    private static readonly int Colour = TestLayouts.Mixed.Groups.Single(group => group.Name == "colour").Start;

    [Theory]
    [InlineData(1, false)]
    [InlineData(1, true)]
    [InlineData(3, false)]
    public void Onnxruntime_says_what_the_detector_says(int folds, bool missing)
    {
        var detector = Train(folds, missing);
        float[] rows = Rows();
        var expected = new RowDetection[Count];
        detector.Detect(rows, expected);
        expected.Select(row => row.IsAnomaly).Distinct().Should().HaveCount(2, "both kinds are to be compared");

        foreach (var inputs in Enum.GetValues<OnnxInputs>())
        {
            using var stream = new MemoryStream();
            detector.SaveOnnx(stream, inputs);
            using var session = new InferenceSession(stream.ToArray());
            using var results = session.Run(
                inputs == OnnxInputs.OneTensor
                    ? [OnnxTests.Matrix("Features", rows, Count, detector.Layout.RowWidth)]
                    : OnnxTests.ColumnsOf(detector.Layout, rows));
            float[] Values(string name) => [.. results.Single(result => result.Name == name).AsEnumerable<float>()];
            Agreement.Largest(Values("Score"), [.. expected.Select(row => row.Score)], 1).Should().BeLessThan(1e-5);
            Values("PValue").Should().Equal(expected.Select(row => row.PValue), (actual, value) => Math.Abs(actual / value - 1) < 1e-6);
            Values("PredictedLabel").Should().Equal(expected.Select(row => row.IsAnomaly ? 1f : 0f));
        }
    }

    [Fact]
    public void An_unseen_category_costs_what_it_costs_in_the_detector()
    {
        var detector = Train(1, missing: false);
        float[] rows = Rows();
        var detections = new RowDetection[Count];
        detector.Detect(rows, detections);
        float[] seen = [.. rows];
        for (int row = 0; row < Count; row++)
        {
            var slots = seen.AsSpan(row * detector.Layout.RowWidth + Colour, 4);
            if (slots[3] == 1 || !slots.ContainsAnyExcept(0f)) slots.Fill(float.NaN);
        }

        var without = new RowDetection[Count];
        detector.Detect(seen, without);
        detections.Zip(without).Count(pair => pair.First.Score > pair.Second.Score + 1).Should().BeGreaterThan(50);
    }

    [Fact]
    public void A_path_that_cannot_be_written_leaves_no_half_file()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["detector.onnx"]);
        var detector = Train(1, missing: false);
        detector.Invoking(it => it.SaveOnnx(folder["detector.onnx"], OnnxInputs.OneTensor)).Should().Throw<Exception>()
            .Which.Should().Match(thrown => thrown is IOException || thrown is UnauthorizedAccessException);
        Directory.EnumerateFileSystemEntries(folder.Path).Should().Equal(folder["detector.onnx"]);
        detector.Invoking(it => it.SaveOnnx(folder["other.onnx"], (OnnxInputs)7)).Should().Throw<ArgumentOutOfRangeException>();
    }

    /// <summary>A detector that has never seen a grey row, and, unless some are missing, none without a colour.</summary>
    private static VaeDetector Train(int folds, bool missing)
    {
        float[] rows = Values(300, missing, seed: 1);
        for (int row = 0; row < 300; row++)
        {
            var slots = rows.AsSpan(row * TestLayouts.Mixed.RowWidth + Colour, 4);
            if (slots[3] == 1) (slots[3], slots[0]) = (0, 1);
        }

        var options = new DetectionOptions
        {
            Model = new VaeOptions { LatentDimension = 2, HiddenLayers = [8], Epochs = 5 },
            FalseAlarmRate = 0.1,
            CalibrationFolds = folds,
            Trim = 0,
        };
        return VaeDetector.Train(new ManagedTrainer(), new MatrixRows(TestLayouts.Mixed, rows), options);
    }

    /// <summary>Rows with missing values, and with grey ones and ones without a colour.</summary>
    private static float[] Rows()
    {
        float[] rows = Values(Count, missing: true, seed: 2);
        for (int row = 0; row < Count; row += 3)
        {
            var slots = rows.AsSpan(row * TestLayouts.Mixed.RowWidth + Colour, 4);
            slots.Clear();
            if (row % 2 == 0) slots[3] = 1;
            if (row % 5 == 0) slots.Fill(float.NaN);
        }

        return rows;
    }

    private static float[] Values(int count, bool missing, int seed)
    {
        float[] values = new float[count * TestLayouts.Mixed.RowWidth];
        float[] weights = [];
        using var reader = TestTables.Rows(TestLayouts.Mixed, count, missing, seed: seed).Open();
        reader.Read(values, weights);
        return values;
    }
}
