namespace Vae.Testing;

/// <summary>Threads that do the same at once.</summary>
public static class Crowd
{
    /// <summary>Runs a body on so many threads, which all start when the last one is there.</summary>
    /// <param name="threads">The number of threads.</param>
    /// <param name="body">What each does, given its number.</param>
    /// <returns>What each returned.</returns>
    public static bool[] Run(int threads, Func<int, bool> body)
    {
        using var start = new Barrier(threads);
        var results = new bool[threads];
        var crowd = Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            results[index] = body(index);
        })).ToArray();
        Array.ForEach(crowd, thread => thread.Start());
        Array.ForEach(crowd, thread => thread.Join());
        return results;
    }
}
