using FsCheck.Xunit;
using Vae.Training.Managed;

namespace Vae.Tests.Trust.Properties;

/// <summary>The managed trainer's part of what holds for both trainers.</summary>
public sealed class TrainingProperties
{
    [Property(Arbitrary = [typeof(TableCases)], MaxTest = 150, Replay = "20260103,7", QuietOnSuccess = true)]
    public void Training_ends_with_a_finite_model_or_a_documented_exception(TableCase given) =>
        TrainingProperty.Check(new ManagedTrainer(), given);
}
