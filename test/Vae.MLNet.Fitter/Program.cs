using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.MLNet;

// Trains a VAE by each kind of trainer that is asked for, and prints what the log says and which trainer it was, or the exception.
// A test runs it in folders that lack the optional assemblies. Arguments: the kinds.
foreach (string kind in args)
{
    var mlContext = new MLContext(seed: 1);
    mlContext.Log += (_, message) =>
    {
        if (message.RawMessage.StartsWith("Training ", StringComparison.Ordinal))
            Console.WriteLine($"{message.Kind}: {message.RawMessage}");
    };
    var random = new Random(1);
    var rows = Enumerable.Range(0, 50).Select(_ => new Row { Features = [random.NextSingle(), random.NextSingle()] }).ToList();
    try
    {
        var trainer = Enum.Parse<TrainerKind>(kind);
        var options = new VaeEmbeddingEstimator.Options { InputColumnNames = ["Features"], Trainer = trainer, Epochs = 2 };
        var transformer = mlContext.Transforms.VaeEmbed(options).Fit(mlContext.Data.LoadFromEnumerable(rows));
        Console.WriteLine($"Trainer: {transformer.History.Trainer}");
    }
    catch (Exception exception)
    {
        Console.WriteLine($"{exception.GetType().Name}: {exception.Message}");
    }
}

internal sealed class Row
{
    [VectorType(2)]
    public float[] Features { get; set; } = [];
}
