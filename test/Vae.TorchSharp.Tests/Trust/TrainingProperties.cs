using FluentAssertions;
using Vae.Training.Managed;

namespace Vae.TorchSharp.Tests.Trust;

/// <summary>TorchSharp's part of what holds for both trainers.</summary>
public sealed class TrainingProperties
{
    [TorchProperty(Arbitrary = [typeof(TableCases)], MaxTest = 60, Replay = "20260105,7", QuietOnSuccess = true)]
    public void Training_ends_with_a_finite_model_or_a_documented_exception(TableCase given)
    {
        if (TrainingProperty.Check(new TorchTrainer(), given) is { } refusal)
            TrainingProperty.Check(new ManagedTrainer(), given).Should().Be(refusal, "both trainers refuse in the same words");
    }
}
