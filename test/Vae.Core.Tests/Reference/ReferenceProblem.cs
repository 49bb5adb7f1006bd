using Vae.Data;
using Vae.Options;

namespace Vae.Tests.Reference;

/// <summary>
/// A minibatch and a network, everything that the loss depends on, as plain numbers in double precision. Tensors are known by their names
/// in the engine, row behind row; nothing else is shared with it.
/// </summary>
internal sealed record ReferenceProblem
{
    public required FeatureLayout Layout { get; init; }

    public required VaeOptions Options { get; init; }

    /// <summary>The trained tensors, W as [inputs × outputs].</summary>
    public required Dictionary<string, double[]> Tensors { get; init; }

    /// <summary>Running means and variances, and m of the computed noise scale.</summary>
    public required Dictionary<string, double[]> Buffers { get; init; }

    /// <summary>The standardized rows with their conditions; NaN is missing.</summary>
    public required double[][] Rows { get; init; }

    public required double[] RowWeights { get; init; }

    /// <summary>ε, one vector per row.</summary>
    public required double[][] Noise { get; init; }

    /// <summary>A sample of the prior, one vector per row, for regularizers that compare with one.</summary>
    public double[][] Prior { get; init; } = [];

    /// <summary>The schedule's factor on the regularizer.</summary>
    public double Factor { get; init; } = 1;

    /// <summary>The number of rows of the whole table.</summary>
    public long TableRows { get; init; } = 1000;

    /// <summary>Whether batch normalization uses the minibatch's own mean and variance.</summary>
    public bool Training { get; init; } = true;
}
