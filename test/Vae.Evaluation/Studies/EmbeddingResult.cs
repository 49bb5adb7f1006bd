namespace Vae.Evaluation.Studies;

/// <summary>One method on one table in one dimension, over all folds.</summary>
internal sealed record EmbeddingResult(string Table, int Dimension, Method Method, FoldResult[] Folds)
{
    public Measurement Of(Func<FoldResult, double> quantity) => new([.. Folds.Select(quantity)]);
}
