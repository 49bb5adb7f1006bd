using TorchSharp;

namespace Vae.TorchSharp.Devices;

/// <summary>
/// What libtorch keeps for the thread or the process and a training needs in a certain way (gradients on, the number of threads), put back
/// at the end.
/// </summary>
internal sealed class TorchSurroundings : IDisposable
{
    private static readonly object Gate = new();
    private static int _withOwnThreadCount;
    private static int _threadCountBefore;

    private readonly IDisposable _inference;
    private readonly IDisposable _gradients;
    private readonly bool _ownThreadCount;

    /// <param name="threads">The number of threads for one operation, or null for what libtorch has now.</param>
    public TorchSurroundings(int? threads)
    {
        _inference = torch.inference_mode(false);
        _gradients = torch.enable_grad();
        if (threads is not { } count) return;

        // libtorch has a count for the process, from which each thread takes its own at its first operation: the first of several trainings
        // finds the count that all of them put back.
        _ownThreadCount = true;
        lock (Gate)
        {
            if (_withOwnThreadCount++ == 0) _threadCountBefore = torch.get_num_threads();
            torch.set_num_threads(count);
        }
    }

    public void Dispose()
    {
        if (_ownThreadCount)
        {
            lock (Gate)
            {
                _withOwnThreadCount--;
                torch.set_num_threads(_threadCountBefore);
            }
        }

        _gradients.Dispose();
        _inference.Dispose();
    }
}
