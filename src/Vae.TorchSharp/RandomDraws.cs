using Vae.Options;
using Vae.TorchSharp.Losses;
using static TorchSharp.torch;

namespace Vae.TorchSharp;

/// <summary>
/// Draws <see cref="StepDraws"/> for many steps at once with a generator of its own, and moves them to the device together. The generator
/// is the processor's: TorchSharp 0.102.7 makes no other, whatever device it is asked for.
/// </summary>
internal sealed class RandomDraws : IDisposable
{
    private const int WindowLength = 1 << 20;

    private readonly Generator _generator;
    private readonly Device _device;
    private readonly int _latentDimension;
    private readonly int _prior;
    private readonly int _inputNoise;
    private readonly int _masking;
    private readonly int _dropout;
    private Tensor? _normal;
    private Tensor? _uniform;
    private byte[] _stateBefore = [];
    private int _rows;
    private int _used;

    /// <param name="options">The seed, and what is random besides ε.</param>
    /// <param name="rowWidth">The number of slots, conditions included.</param>
    /// <param name="dropoutColumns">The number of uniform numbers that a row needs for dropout.</param>
    /// <param name="device">Where the steps compute.</param>
    public RandomDraws(VaeOptions options, int rowWidth, int dropoutColumns, Device device)
    {
        _generator = new Generator((ulong)options.Seed);
        _device = device;
        _latentDimension = options.LatentDimension;
        _prior = options.Regularizer.NeedsPriorSample ? options.LatentDimension : 0;
        _inputNoise = options.InputNoise > 0 ? rowWidth : 0;
        _masking = options.InputMasking > 0 ? rowWidth : 0;
        _dropout = dropoutColumns;
    }

    /// <summary>Draws for the next step; views that belong to the current dispose scope.</summary>
    public StepDraws Next(int rows)
    {
        if (_used + rows > _rows) Refill(Math.Max(rows, WindowLength / (NormalWidth + UniformWidth)));
        var normal = _normal!.narrow(0, _used, rows);
        var uniform = _uniform?.narrow(0, _used, rows);
        _used += rows;
        return new StepDraws(
            normal.narrow(1, 0, _latentDimension),
            _inputNoise > 0 ? normal.narrow(1, _latentDimension + _prior, _inputNoise) : null,
            _masking > 0 ? uniform!.narrow(1, 0, _masking) : null,
            _dropout > 0 ? uniform!.narrow(1, _masking, _dropout) : null,
            _prior > 0 ? normal.narrow(1, _latentDimension, _prior) : null);
    }

    /// <summary>
    /// What <see cref="Restore"/> needs: how many rows were drawn at once, how many of them are used, and the generator's state before.
    /// </summary>
    public byte[] Save() => [.. BitConverter.GetBytes(_rows), .. BitConverter.GetBytes(_used), .. _stateBefore];

    /// <summary>Goes back to a saved state.</summary>
    /// <exception cref="InvalidDataException">It cannot be one.</exception>
    public void Restore(ReadOnlySpan<byte> saved)
    {
        using var scope = NewDisposeScope();
        var (rows, used) = saved.Length < 2 * sizeof(int)
            ? (-1, 0)
            : (BitConverter.ToInt32(saved), BitConverter.ToInt32(saved[sizeof(int)..]));
        int length = 2 * sizeof(int) + _generator.get_state().bytes.Length;
        if (rows is < 0 or > WindowLength || used < 0 || used > rows || (rows > 0 && saved.Length != length))
            throw new InvalidDataException("The checkpoint is corrupt: its random state cannot be.");
        if (rows == 0) return;
        byte[] state = saved[(2 * sizeof(int))..].ToArray();
        _generator.set_state(tensor(state, ScalarType.Byte, CPU));
        Refill(rows);
        _used = used;
    }

    public void Dispose()
    {
        _normal?.Dispose();
        _uniform?.Dispose();
        _generator.Dispose();
    }

    private int NormalWidth => _latentDimension + _prior + _inputNoise;

    private int UniformWidth => _masking + _dropout;

    private void Refill(int rows)
    {
        using var scope = NewDisposeScope();
        _stateBefore = _generator.get_state().bytes.ToArray();
        _normal?.Dispose();
        _normal = empty(rows, NormalWidth, ScalarType.Float32, CPU).normal_(0, 1, _generator).to(_device).DetachFromDisposeScope();
        if (UniformWidth > 0)
        {
            _uniform?.Dispose();
            _uniform = empty(rows, UniformWidth, ScalarType.Float32, CPU).uniform_(0, 1, _generator).to(_device).DetachFromDisposeScope();
        }

        _rows = rows;
        _used = 0;
    }
}
