namespace Vae.Tests.Training;

/// <summary>Keeps the model of every epoch, and what each said of some rows when it was given.</summary>
internal sealed class CollectedSnapshots(float[] rows) : IProgress<VaeModel>
{
    public List<VaeModel> Models { get; } = [];

    public List<float[]> Means { get; } = [];

    public void Report(VaeModel value)
    {
        Models.Add(value);
        Means.Add(Encode(value));
    }

    public float[] Encode(VaeModel model)
    {
        var means = new float[rows.Length / model.Layout.RowWidth * model.LatentDimension];
        model.Encode(rows, means);
        return means;
    }
}
