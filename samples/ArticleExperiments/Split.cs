using Vae.Data;

namespace Vae.Samples.Article;

/// <summary>The wines, some of them kept out of training.</summary>
internal sealed class Split(LabelledTable table, bool[] heldOut)
{
    /// <summary>All wines.</summary>
    public LabelledTable Table => table;

    /// <summary>Whether each wine is kept out of training.</summary>
    public bool[] HeldOut => heldOut;

    /// <summary>The wines to train on.</summary>
    public float[] Training { get; } = table.Take(Enumerable.Range(0, heldOut.Length).Where(row => !heldOut[row]));

    /// <summary>The wines kept out.</summary>
    public float[] Rest { get; } = table.Take(Enumerable.Range(0, heldOut.Length).Where(row => heldOut[row]));

    /// <summary>The training wines as a trainer takes them.</summary>
    /// <param name="slipped">Whether some of their values are outliers.</param>
    public MatrixRows Rows(bool slipped) => new(
        new FeatureLayoutBuilder().Numeric("wine", table.Layout.Groups.Select(group => group.Name)).Build(),
        slipped ? SlippedDecimals.In(Training, table.Layout.RowWidth) : Training);

    /// <summary>Where a model of two dimensions puts all wines.</summary>
    public Point[] Embed(VaeModel model)
    {
        var means = new float[2 * heldOut.Length];
        model.Encode(table.Values, means);
        return Point.FromPairs(means);
    }

    /// <summary>The number of held-out wines whose cultivar the training wines near them tell.</summary>
    public int CountCorrect(Point[] points) => NearestNeighbours.CountCorrect(points, table.Labels, heldOut);

    /// <summary>How far the cultivars lie apart.</summary>
    public double Separation(Point[] points) => Silhouette.Of(points, table.Labels);
}
