using Vae.Training;

namespace Vae.MLNet;

/// <summary>The one place where a <see cref="TrainerKind"/> becomes a trainer.</summary>
internal static class TrainerResolver
{
    /// <summary>The trainer of a kind.</summary>
    public static IVaeTrainer Resolve(TrainerKind kind) => kind switch
    {
        TrainerKind.Auto or TrainerKind.Managed => new ManagedTrainer(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, $"There is no trainer '{kind}'."),
    };
}
