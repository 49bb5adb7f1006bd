using Microsoft.ML;
using Vae.Options;

namespace Vae.MLNet.Tests;

/// <summary>Estimators that train in a moment.</summary>
internal static class Quick
{
    public static readonly VaeOptions Model = new() { LatentDimension = 2, HiddenLayers = [8], Epochs = 5, ValidationFraction = 0 };

    /// <summary>Options for some columns.</summary>
    public static VaeEmbeddingEstimator.Options Options(params string[] inputs) =>
        new() { InputColumnNames = inputs, Model = Model, Seed = 7 };

    /// <summary>An estimator of some columns.</summary>
    public static VaeEmbeddingEstimator Embed(MLContext mlContext, params string[] inputs) =>
        mlContext.Transforms.VaeEmbed(Options(inputs));

    /// <summary>Numbers, one-hot columns, a key and a Boolean in one vector, as a user would build it.</summary>
    public static IEstimator<ITransformer> MixedPipeline(MLContext mlContext, VaeOutputColumns columns = VaeOutputColumns.All)
    {
        var options = Options("Features", "Telephone", "Region", "Sparse");
        options.AdditionalColumns = columns;
        return mlContext.Transforms.Categorical.OneHotEncoding("Housing")
            .Append(mlContext.Transforms.Categorical.OneHotEncoding("Job"))
            .Append(mlContext.Transforms.Concatenate("Features", "Age", "Housing", "Income", "Job"))
            .Append(mlContext.Transforms.VaeEmbed(options));
    }
}
