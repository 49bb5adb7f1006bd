using Vae.Options;
using static Vae.Options.OptionCheck;

namespace Vae.Imputation;

/// <summary>Everything that can be chosen about a <see cref="VaeImputer"/>.</summary>
public sealed record ImputationOptions
{
    /// <summary>The options of the models and their training; each model has another seed, counted on from the one here.</summary>
    public VaeOptions Model { get; init; } = new();

    /// <summary>The number of models, whose distributions of a missing value are averaged; from 1 to 100.</summary>
    public int ModelCount { get; init; } = Defaults.ModelCount;

    /// <summary>K, the number of latent vectors that each model draws for a row with gaps, from 1 to 10,000.</summary>
    public int Samples { get; init; } = Defaults.Samples;

    /// <summary>What a missing number is filled with.</summary>
    public NumberImputation Numbers { get; init; }

    /// <summary>Checks every option.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the message names it.</exception>
    public void Validate()
    {
        Between(ModelCount, 1, MostModels);
        Between(Samples, 1, MostSamples);
        Defined(Numbers);
        ArgumentNullException.ThrowIfNull(Model);
        Model.Validate();
    }

    internal const int MostModels = 100;

    internal const int MostSamples = 10_000;

    /// <summary>The defaults that are repeated elsewhere.</summary>
    public static class Defaults
    {
        /// <summary>The default of <see cref="ImputationOptions.ModelCount"/>.</summary>
        public const int ModelCount = 3;

        /// <summary>The default of <see cref="ImputationOptions.Samples"/>.</summary>
        public const int Samples = 100;
    }
}

/// <summary>What of its distribution given the observed values of its row a missing number is filled with.</summary>
public enum NumberImputation
{
    /// <summary>The mean: the least squared error.</summary>
    Mean,

    /// <summary>The median: the least absolute error.</summary>
    Median,
}
