using Vae.Inference;
using Vae.Persistence;

namespace Vae.Export;

/// <summary>
/// What a trained model computes of a row, as steps that other engines can be told: standardization, missing values, conditions, dense
/// layers with folded batch normalization, likelihoods. Everything that leaves the library as a formula is a walk over it.
/// </summary>
internal sealed class ScoringGraph
{
    private const ScoringOutputs Scored = ScoringOutputs.Score | ScoringOutputs.CellScores;
    private const ScoringOutputs Decoded = Scored | ScoringOutputs.Reconstruction;

    private ScoringGraph(IReadOnlyList<SlotsNode> inputs, IReadOnlyDictionary<ScoringOutputs, ScoringNode> outputs)
    {
        Inputs = inputs;
        Outputs = outputs;
    }

    /// <summary>The runs of slots that the row consists of, in order; together they are the whole row.</summary>
    public IReadOnlyList<SlotsNode> Inputs { get; }

    /// <summary>The outputs that were asked for, in their order.</summary>
    public IReadOnlyDictionary<ScoringOutputs, ScoringNode> Outputs { get; }

    /// <summary>The graph of a model.</summary>
    /// <param name="parts">The model.</param>
    /// <param name="outputs">What to compute.</param>
    /// <param name="replace">What the model is given for the slots of a one-hot group; null for the slots themselves.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output, or none was asked for.</exception>
    public static ScoringGraph Of(ModelParts parts, ScoringOutputs outputs, Func<SlotsNode, ScoringNode>? replace = null)
    {
        if ((outputs & ScoringOutputs.All) == 0 || (outputs & ~ScoringOutputs.All) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(outputs), outputs, "The outputs of a model are Embedding, LogVariance, Score, CellScores and Reconstruction.");
        }

        var row = new RowSteps(parts.Layout, parts.Standardization, replace ?? (slots => slots));
        var posterior = new PosteriorSteps(row, parts.Parameters);
        var nodes = new SortedDictionary<ScoringOutputs, ScoringNode>();
        AddEmbedding(nodes, posterior, parts.Units, outputs);
        if ((outputs & Decoded) != 0)
            AddDecoded(nodes, new DecoderSteps(parts, row, posterior.Mean), posterior, outputs);
        return new ScoringGraph(row.Slots, nodes);
    }

    private static void AddEmbedding(
        SortedDictionary<ScoringOutputs, ScoringNode> nodes, PosteriorSteps posterior, EmbeddingUnits units, ScoringOutputs outputs)
    {
        double[] factors = units.Factors;
        var (mean, logVariance) = (posterior.Mean, posterior.LogVariance);
        if (factors.Length > 0)
        {
            mean = new AffineNode(mean, factors, new double[factors.Length]);
            logVariance = new AffineNode(logVariance, [.. factors.Select(_ => 1.0)], units.LogVarianceShifts);
        }

        if (outputs.HasFlag(ScoringOutputs.Embedding)) nodes.Add(ScoringOutputs.Embedding, mean);
        if (outputs.HasFlag(ScoringOutputs.LogVariance)) nodes.Add(ScoringOutputs.LogVariance, logVariance);
    }

    private static void AddDecoded(
        SortedDictionary<ScoringOutputs, ScoringNode> nodes, DecoderSteps decoder, PosteriorSteps posterior, ScoringOutputs outputs)
    {
        if (outputs.HasFlag(ScoringOutputs.Reconstruction)) nodes.Add(ScoringOutputs.Reconstruction, decoder.Reconstruction());
        if ((outputs & Scored) == 0) return;
        var cells = decoder.CellScores();
        if (outputs.HasFlag(ScoringOutputs.CellScores)) nodes.Add(ScoringOutputs.CellScores, cells);
        if (!outputs.HasFlag(ScoringOutputs.Score)) return;
        var reconstruction = new ReductionNode(ScoringReduction.Sum, cells);
        nodes.Add(ScoringOutputs.Score, new ArithmeticNode(ScoringArithmetic.Add, reconstruction, posterior.KullbackLeibler()));
    }
}
