namespace Vae.Testing;

/// <summary>What loading untrusted bytes may cost.</summary>
public static class LoadingMemory
{
    /// <summary>The constant is for exceptions and for what the options of any model need.</summary>
    public static long Bound(int bytesRead) => 10L * bytesRead + 32_768;

    /// <summary>All that was allocated, which bounds the peak from above, and the exception, if there was one.</summary>
    public static (long Allocated, Exception? Exception) Of(Action load)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        Exception? thrown = null;
        try
        {
            load();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            thrown = exception;
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before, thrown);
    }
}
