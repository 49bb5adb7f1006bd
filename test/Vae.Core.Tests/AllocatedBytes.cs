namespace Vae.Tests;

/// <summary>Counts what the current thread allocates.</summary>
internal static class AllocatedBytes
{
#if DEBUG
    /// <summary>Why the count means nothing in this build; null where it does.</summary>
    public const string? Skip = "The compiler's unoptimized code allocates for vectors.";
#else
    /// <summary>Why the count means nothing in this build; null where it does.</summary>
    public const string? Skip = null;
#endif

    /// <summary>The bytes that repeated calls allocate once everything is warm.</summary>
    public static long Of(Action action, int repetitions)
    {
        // Tiered compilation and the array pool settle within some calls.
        for (int i = 0; i < 100; i++)
            action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < repetitions; i++)
            action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
