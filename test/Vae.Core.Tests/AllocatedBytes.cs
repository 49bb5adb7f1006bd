namespace Vae.Tests;

/// <summary>Counts what is allocated.</summary>
internal static class AllocatedBytes
{
#if DEBUG
    /// <summary>Why the count means nothing in this build; null where it does.</summary>
    public const string? Skip = "The compiler's unoptimized code allocates for vectors.";
#else
    /// <summary>Why the count means nothing in this build; null where it does.</summary>
    public const string? Skip = null;
#endif

    /// <summary>The bytes that repeated calls allocate on the current thread once everything is warm.</summary>
    public static long Of(Action action, int repetitions)
    {
        WarmUp(action);
        return Count(action, repetitions, GC.GetAllocatedBytesForCurrentThread);
    }

    /// <summary>
    /// The bytes that repeated calls allocate on all threads of the process once everything is warm: the least of many counts, because the
    /// runtime has threads of its own, which allocate now and then. Only for tests that run <see cref="Alone"/>.
    /// </summary>
    public static long OfAllThreads(Action action, int repetitions)
    {
        const int counts = 100;
        WarmUp(action);
        long least = long.MaxValue;
        for (int i = 0; i < counts && least > 0; i++)
            least = Math.Min(least, Count(action, repetitions, () => GC.GetTotalAllocatedBytes(precise: true)));
        return least;
    }

    /// <summary>Tiered compilation and the array pool settle within some calls.</summary>
    private static void WarmUp(Action action)
    {
        for (int i = 0; i < 100; i++)
            action();
    }

    private static long Count(Action action, int repetitions, Func<long> allocated)
    {
        long before = allocated();
        for (int i = 0; i < repetitions; i++)
            action();
        return allocated() - before;
    }
}
