using Microsoft.ML;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class EstimatorWorkoutTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void A_vector_column_survives_the_workout()
    {
        var options = Quick.Options("Features");
        options.AdditionalColumns = VaeOutputColumns.All;
        var wrongName = _mlContext.Data.LoadFromEnumerable(new[] { new { Other = 1f } });
        var wrongType = _mlContext.Data.LoadFromEnumerable(new[] { new { Features = "text" } });
        var scalarDouble = _mlContext.Data.LoadFromEnumerable(new[] { new { Features = 1.0 } });
        Workout.Run(_mlContext.Transforms.VaeEmbed(options), Tables.Vectors(_mlContext), wrongName, wrongType, scalarDouble);
    }

    [Theory]
    [InlineData("Age")]
    [InlineData("Telephone")]
    [InlineData("Region")]
    [InlineData("Sparse")]
    [InlineData("Age,Income,Telephone,Region,Sparse")]
    public void Other_columns_survive_the_workout(string inputs)
    {
        var options = Quick.Options(inputs.Split(','));
        options.AdditionalColumns = VaeOutputColumns.All;
        Workout.Run(_mlContext.Transforms.VaeEmbed(options), Tables.Mixed(_mlContext), Tables.Vectors(_mlContext));
    }

    [Fact]
    public void A_mixed_pipeline_survives_the_workout() =>
        Workout.Run(Quick.MixedPipeline(_mlContext), Tables.Mixed(_mlContext));
}
