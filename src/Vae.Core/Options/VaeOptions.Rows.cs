namespace Vae.Options;

public sealed partial record VaeOptions
{
    private const int SmallestChosenBatch = 64;
    private const int LargestChosenBatch = 1024;
    private const double ChosenStepsPerEpoch = 400;

    /// <summary>Steps of many rows have calmer gradients and bear a higher rate; more than twice the rate gained nothing.</summary>
    private const double LargestRateFactor = 2;

    /// <summary>The number of rows in a step of a training, which <see cref="ForRows"/> has chosen where the user did not.</summary>
    internal int RowsPerStep =>
        BatchSize ?? throw new InvalidOperationException($"{nameof(BatchSize)} has not been chosen: {nameof(ForRows)} does.");

    /// <summary>The options with a start, this one where none was chosen.</summary>
    internal VaeOptions BeginningAt(InitialWeightsKind start) => InitialWeights is null ? this with { InitialWeights = start } : this;

    /// <summary>The options with <see cref="BatchSize"/> and <see cref="LearningRate"/> for a number of training rows.</summary>
    internal VaeOptions ForRows(int trainingRows)
    {
        if (BatchSize is not null) return this;
        double exponent = Math.Round(Math.Log2(Math.Max(1, trainingRows / ChosenStepsPerEpoch)));
        int batch = Math.Clamp(1 << (int)exponent, SmallestChosenBatch, LargestChosenBatch);
        return WithBatch(batch);
    }

    /// <summary>The options with a batch size and the learning rate that goes with it, this one being that of the smallest.</summary>
    internal VaeOptions WithBatch(int batch)
    {
        double factor = Math.Min(LargestRateFactor, Math.Sqrt((double)batch / SmallestChosenBatch));
        return this with { BatchSize = batch, LearningRate = LearningRate * factor };
    }
}
