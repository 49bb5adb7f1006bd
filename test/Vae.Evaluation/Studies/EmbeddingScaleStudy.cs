using Vae.Data;
using Vae.Evaluation.Data;
using Vae.Evaluation.Metrics;
using Vae.Options;
using Vae.Samples;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Evaluation.Studies;

/// <summary>The same models' embeddings in either scale, on held-out rows: only what depends on distances differs.</summary>
internal static class EmbeddingScaleStudy
{
    /// <summary>k-NN and k-means of one scale or of PCA, one value for each fold: means over the seeds.</summary>
    public sealed record Result(string Name, double[] Neighbours, double[] Clusters);

    /// <summary>PCA, then <see cref="EmbeddingScale.Prior"/>, then <see cref="EmbeddingScale.Data"/>.</summary>
    public static Result[] Run(IReadOnlyList<Fold> folds, int dimension, int seeds)
    {
        var results = new[] { "PCA", nameof(EmbeddingScale.Prior), nameof(EmbeddingScale.Data) }
            .Select(name => new Result(name, new double[folds.Count], new double[folds.Count])).ToArray();
        for (int i = 0; i < folds.Count; i++)
        {
            var fold = folds[i];
            var components = new PrincipalComponents(fold.Table.Layout, fold.TrainingRows, dimension);
            Add(results[0], i, fold, components.Encode(fold.TrainingRows), components.Encode(fold.HeldOutRows), 1);
            for (int seed = 1; seed <= seeds; seed++)
            {
                var options = new VaeOptions
                {
                    InitialWeights = InitialWeightsKind.Random,
                    LatentDimension = dimension,
                    Seed = seed,
                    EmbeddingScale = EmbeddingScale.Data,
                };
                var rows = new MatrixRows(fold.Table.Layout, fold.TrainingRows);
                var model = new ManagedTrainer().Train(rows, options, new TrainingContext { ThreadCount = 1 });
                Add(results[1], i, fold, Of(model.Encode, model, fold.TrainingRows), Of(model.Encode, model, fold.HeldOutRows), seeds);
                Add(results[2], i, fold, Of(model.Embed, model, fold.TrainingRows), Of(model.Embed, model, fold.HeldOutRows), seeds);
            }
        }

        return results;
    }

    private delegate void Encoding(ReadOnlySpan<float> rows, Span<float> embeddings, Span<float> logVariances);

    private static Embedding Of(Encoding encode, VaeModel model, float[] rows)
    {
        float[] values = new float[rows.Length / model.Layout.RowWidth * model.LatentDimension];
        encode(rows, values, default);
        return new Embedding(values, model.LatentDimension);
    }

    private static void Add(Result result, int i, Fold fold, Embedding training, Embedding heldOut, int seeds)
    {
        int correct = NearestNeighbours.CountCorrect(training, fold.TrainingLabels, heldOut, fold.HeldOutLabels);
        result.Neighbours[i] += correct / (double)heldOut.Count / seeds;
        var clusters = KMeans.Fit(training, fold.Table.Classes.Length).Assign(heldOut);
        result.Clusters[i] += AdjustedRandIndex.Of(clusters, fold.HeldOutLabels) / seeds;
    }
}
