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

    /// <summary>
    /// The bytes that repeated calls allocate on the current thread once everything is warm: the least of a few counts, because a
    /// collection that other tests bring about takes arrays out of the pool.
    /// </summary>
    public static long Of(Action action, int repetitions)
    {
        const int counts = 5;
        WarmUp(action);
        return Least(counts, action, repetitions, GC.GetAllocatedBytesForCurrentThread);
    }

    /// <summary>
    /// The bytes that repeated calls allocate on all threads of the process once everything is warm: the least of many counts, because the
    /// runtime has threads of its own, which allocate now and then. Only for tests that run alone.
    /// </summary>
    public static long OfAllThreads(Action action, int repetitions)
    {
        const int counts = 100;
        WarmUp(action);
        return Least(counts, action, repetitions, () => GC.GetTotalAllocatedBytes(precise: true));
    }

    /// <summary>The bytes that one call allocates on the current thread.</summary>
    public static long OfOneCall(Action action) => Count(action, 1, GC.GetAllocatedBytesForCurrentThread);

    /// <summary>Tiered compilation and the array pool settle within some calls.</summary>
    private static void WarmUp(Action action)
    {
        for (int i = 0; i < 100; i++)
            action();
    }

    private static long Least(int counts, Action action, int repetitions, Func<long> allocated)
    {
        long least = long.MaxValue;
        for (int i = 0; i < counts && least > 0; i++)
            least = Math.Min(least, Count(action, repetitions, allocated));
        return least;
    }

    private static long Count(Action action, int repetitions, Func<long> allocated)
    {
        long before = allocated();
        for (int i = 0; i < repetitions; i++)
            action();
        return allocated() - before;
    }
}
