namespace Vae.Testing;

/// <summary>Counts what is allocated.</summary>
public static class AllocatedBytes
{
#if DEBUG
    /// <summary>Why the count means nothing in this build; null where it does.</summary>
    public const string? Skip = "The compiler's unoptimized code allocates for vectors.";
#else
    /// <summary>Why the count means nothing in this build; null where it does.</summary>
    public const string? Skip = null;
#endif

    /// <summary>The bytes that repeated calls allocate on the current thread once everything is warm.</summary>
    public static long Of(Action action, int repetitions) => Of(action, repetitions, GC.GetAllocatedBytesForCurrentThread);

    /// <summary>
    /// The bytes that repeated calls allocate on all threads of the process once everything is warm: the least of several counts, because the runtime has
    /// threads of its own. Only for tests that run alone.
    /// </summary>
    public static long OfAllThreads(Action action, int repetitions) =>
        Enumerable.Range(0, 5).Min(_ => Of(action, repetitions, () => GC.GetTotalAllocatedBytes(precise: true)));

    /// <summary>The bytes that one call allocates on the current thread.</summary>
    public static long OfOneCall(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static long Of(Action action, int repetitions, Func<long> allocated)
    {
        // Tiered compilation and the array pool settle within some calls.
        for (int i = 0; i < 100; i++)
            action();
        long before = allocated();
        for (int i = 0; i < repetitions; i++)
            action();
        return allocated() - before;
    }
}
