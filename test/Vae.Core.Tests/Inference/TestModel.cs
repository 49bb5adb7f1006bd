using Vae.Data;
using Vae.History;
using Vae.Networks;
using Vae.Persistence;
using Vae.Tests.Reference;

namespace Vae.Tests.Inference;

/// <summary>A model made of the numbers of a <see cref="ReferenceProblem"/>, and the problem's rows in original units.</summary>
internal sealed class TestModel
{
    private static readonly TrainingHistory NoHistory = new()
    {
        Epochs = [],
        BestEpoch = 0,
        StoppedEarly = false,
        TrainingRows = 0,
        ValidationRows = 0,
        Trainer = "none",
    };

    /// <param name="problem">Weights, options and rows.</param>
    /// <param name="standardized">Whether original units are standardized ones.</param>
    public TestModel(ReferenceProblem problem, bool standardized = false)
    {
        Problem = problem with { Training = false };
        var layout = problem.Layout;
        var parameters = new VaeParameters(new NetworkShape(layout, problem.Options));
        foreach (var (name, values) in problem.Tensors)
            parameters.Weights.Import(name, Array.ConvertAll(values, value => (float)value));
        foreach (var (name, values) in problem.Buffers)
            parameters.Buffers.Import(name, Array.ConvertAll(values, value => (float)value));
        bool[] numeric = [.. Enumerable.Range(0, layout.RowWidth).Select(slot => layout.GetGroup(slot).Kind == FeatureKind.Numeric)];
        Means = [.. numeric.Select((isNumeric, slot) => isNumeric && !standardized ? 3.0 - slot : 0)];
        Deviations = [.. numeric.Select((isNumeric, slot) => isNumeric && !standardized ? 0.5 + slot : 1)];
        Model = new VaeModel(new ModelParts(
            layout, problem.Options, new Standardization(Means, Deviations), parameters, NoHistory,
            UntrainedModels.Diagnosis(layout, problem.Options)));
        Rows = [.. problem.Rows.SelectMany(row => row.Select((value, slot) => (float)(Means[slot] + Deviations[slot] * value)))];
    }

    public ReferenceProblem Problem { get; }

    public VaeModel Model { get; }

    /// <summary>All rows, one behind the other.</summary>
    public float[] Rows { get; }

    public double[] Means { get; }

    public double[] Deviations { get; }

    public int Count => Problem.Rows.Length;

    public ReadOnlySpan<float> Row(int row) => Rows.AsSpan(row * Model.Layout.RowWidth, Model.Layout.RowWidth);

    /// <summary>The problem of one row alone, at z = μ.</summary>
    public ReferenceProblem Alone(int row) => Problem with
    {
        Rows = [Problem.Rows[row]],
        RowWeights = [1],
        Noise = [new double[Model.LatentDimension]],
    };
}
