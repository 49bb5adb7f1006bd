using Vae.Data;
using Vae.Options;
using Vae.Training;
using Vae.Training.Managed;

namespace Vae.Samples.Wine;

/// <summary>A VAE and two principal components, both learned from the wines outside one fold, and where they put all wines.</summary>
internal sealed class Fold
{
    private Fold(VaeModel model, bool[] heldOut, Point[] embedding, Point[] principal)
    {
        Model = model;
        HeldOut = heldOut;
        Embedding = embedding;
        Principal = principal;
    }

    /// <summary>The trained model.</summary>
    public VaeModel Model { get; }

    /// <summary>Whether each wine was kept out of training.</summary>
    public bool[] HeldOut { get; }

    /// <summary>Where each wine lies on the principal components.</summary>
    public Point[] Principal { get; }

    /// <summary>Where the VAE puts each wine: the posterior means.</summary>
    public Point[] Embedding { get; }

    /// <summary>Trains on the wines outside a fold.</summary>
    /// <param name="table">All wines.</param>
    /// <param name="heldOut">Which of them are in the fold.</param>
    /// <param name="progress">Told about every epoch; or null.</param>
    public static Fold Train(LabelledTable table, bool[] heldOut, IProgress<TrainingProgress>? progress)
    {
        var training = table.Take(Enumerable.Range(0, heldOut.Length).Where(row => !heldOut[row]));
        var layout = new FeatureLayoutBuilder().Numeric("wine", table.Layout.Groups.Select(group => group.Name)).Build();
        var options = new VaeOptions
        {
            LatentDimension = 2,
            NoiseScale = NoiseScaleOptions.Learned(perSlot: true), // some measurements say more about a wine than others

            // The rest suits a table of so few rows: a small network, small steps, enough held-out rows to watch.
            HiddenLayers = [64],
            BatchSize = 16,
            ValidationFraction = 0.2,
            Seed = 1,
        };
        var model = new ManagedTrainer().Train(new MatrixRows(layout, training), options, new TrainingContext { Progress = progress });

        var means = new float[2 * heldOut.Length];
        model.Encode(table.Values, means);

        var components = new PrincipalComponents(table.Layout, training, 2);
        return new Fold(model, heldOut, Point.FromPairs(means), Point.FromPairs(components.Encode(table.Values).Values));
    }

    /// <summary>The number of wines in the fold whose cultivar their nearest wines outside it tell.</summary>
    /// <param name="points">Where each wine lies.</param>
    /// <param name="cultivars">The cultivar of each wine.</param>
    public int CountCorrect(Point[] points, int[] cultivars) => NearestNeighbours.CountCorrect(points, cultivars, HeldOut);
}
