using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Tests.Trust.TrainedBits;

/// <summary>
/// A training in one line: its name, and hashes of the weights with the buffers, of the history with the diagnosis, of scored rows and
/// of draws.
/// </summary>
internal static class TrainedBitsLine
{
    private const int ScoredRows = 24;
    private const int DrawnRows = 8;

    public static string Of((string Name, MatrixRows Table, VaeOptions Options) training, int threads)
    {
        var model = new ManagedTrainer().Train(training.Table, training.Options, new TrainingContext { ThreadCount = threads });
        var rows = new float[ScoredRows * model.Layout.RowWidth];
        using (var reader = training.Table.Open())
            reader.Read(rows, training.Table.HasWeights ? new float[ScoredRows] : default);
        return $"{training.Name} {Parameters(model)} {Course(model)} {Scores(model, rows)} {Draws(model, rows)}";
    }

    private static string Parameters(VaeModel model)
    {
        using var hash = new BitHash();
        foreach (var set in new[] { model.Parameters.Weights, model.Parameters.Buffers })
        {
            foreach (var tensor in set.Layout.Tensors)
                hash.Add<float>(set.Export(tensor.Name));
        }

        return hash.Add<double>(model.Standardization.Means).Add<double>(model.Standardization.Deviations).ToString();
    }

    private static string Course(VaeModel model)
    {
        using var hash = new BitHash();
        foreach (var epoch in model.History.Epochs)
        {
            hash.Add(epoch.Loss, epoch.Reconstruction, epoch.KullbackLeibler);
            hash.Add(epoch.RegularizerFactor, epoch.NoiseScale, epoch.LearningRate);
            hash.Add(epoch.ValidationLoss, epoch.ValidationReconstruction, epoch.ValidationKullbackLeibler);
        }

        var diagnosis = model.Diagnosis;
        hash.Add(model.History.BestEpoch, model.History.TrainingRows, model.History.ValidationRows, diagnosis.Rows, diagnosis.ActiveUnits);
        hash.Add(diagnosis.Reconstruction, diagnosis.KullbackLeibler, diagnosis.NoiseScale);
        hash.Add<double>([.. diagnosis.KullbackLeiblerPerDimension]).Add<double>([.. diagnosis.MeanVariancePerDimension]);
        foreach (var feature in diagnosis.Features)
            hash.Add(feature.Quality, feature.Baseline);
        return hash.ToString();
    }

    private static string Scores(VaeModel model, float[] rows)
    {
        var means = new float[ScoredRows * model.LatentDimension];
        var logVariances = new float[means.Length];
        var scores = new float[ScoredRows];
        var cellScores = new float[ScoredRows * model.Layout.SlotCount];
        var reconstructions = new float[cellScores.Length];
        model.Encode(rows, means, logVariances);
        model.Score(rows, scores);
        model.CellScores(rows, cellScores);
        model.Reconstruct(rows, reconstructions);
        using var hash = new BitHash();
        hash.Add<float>(means).Add<float>(logVariances).Add<float>(scores);
        return hash.Add<float>(cellScores).Add<float>(reconstructions).ToString();
    }

    private static string Draws(VaeModel model, float[] rows)
    {
        var layout = model.Layout;
        float[] conditions = [.. rows.Chunk(layout.RowWidth).Take(DrawnRows).SelectMany(row => row[layout.SlotCount..])];
        var samples = new float[DrawnRows * layout.SlotCount];
        var logLikelihoods = new double[DrawnRows];
        model.Sample(samples, new Random(3), conditions);
        model.LogLikelihood(rows.AsSpan(0, DrawnRows * layout.RowWidth), logLikelihoods, 5, new Random(4));
        using var hash = new BitHash();
        return hash.Add<float>(samples).Add<double>(logLikelihoods).ToString();
    }
}
