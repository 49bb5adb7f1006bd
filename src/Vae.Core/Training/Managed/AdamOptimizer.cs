using Vae.Networks;
using Vae.Numerics.Elementwise;
using Vae.Numerics.Threads;
using Vae.Options;
using Vae.Training.Engines;

namespace Vae.Training.Managed;

/// <summary>
/// Adam (Kingma &amp; Ba 2015) with decoupled weight decay (Loshchilov &amp; Hutter 2019) and clipping of the gradient's norm. The
/// weights are cut into fixed chunks, so that sums and updates are the same on any number of threads.
/// </summary>
internal sealed class AdamOptimizer
{
    private const float FirstDecay = (float)VaeOptions.FirstMomentDecay;
    private const float SecondDecay = (float)VaeOptions.SecondMomentDecay;
    private const float Epsilon = (float)VaeOptions.AdamEpsilon;
    private const int ChunkLength = 1 << 14;

    private readonly TensorSet _weights;
    private readonly TensorSet _gradients;
    private readonly TensorSet _firstMoments;
    private readonly TensorSet _secondMoments;
    private readonly double _clipNorm;
    private readonly float _weightDecay;
    private readonly (int Start, int Length, bool Decays)[] _chunks;
    private readonly double[] _squares;
    private readonly Action<int> _square;
    private readonly Action<int> _update;
    private long _step;
    private float _learningRate;
    private float _scale;

    public AdamOptimizer(VaeOptions options, TensorSet weights, TensorSet gradients)
    {
        _weights = weights;
        _gradients = gradients;
        _firstMoments = new TensorSet(weights.Layout);
        _secondMoments = new TensorSet(weights.Layout);
        _clipNorm = options.GradientClipNorm;
        _weightDecay = (float)options.WeightDecay;
        _chunks = [.. weights.Layout.Tensors.SelectMany(ChunksOf)];
        _squares = new double[_chunks.Length];
        _square = Square;
        _update = Update;
    }

    /// <summary>One step along the gradients.</summary>
    public void Update(double learningRate, ParallelLoop team, bool parallel)
    {
        _step++;
        _learningRate = (float)learningRate;
        _scale = 1;
        if (double.IsFinite(_clipNorm))
        {
            Run(_square, team, parallel);
            double squares = 0;
            foreach (double square in _squares)
                squares += square;
            double norm = Math.Sqrt(squares);
            if (norm > _clipNorm) _scale = (float)(_clipNorm / norm);
        }

        Run(_update, team, parallel);
    }

    /// <summary>Copies the moments and the number of steps out.</summary>
    public void Save(EngineState target)
    {
        target.FirstMoments.CopyFrom(_firstMoments);
        target.SecondMoments.CopyFrom(_secondMoments);
        target.OptimizerSteps = _step;
    }

    /// <summary>Goes back to a saved state.</summary>
    public void Restore(EngineState source)
    {
        _firstMoments.CopyFrom(source.FirstMoments);
        _secondMoments.CopyFrom(source.SecondMoments);
        _step = source.OptimizerSteps;
    }

    private static IEnumerable<(int Start, int Length, bool Decays)> ChunksOf(TensorShape tensor)
    {
        for (int start = 0; start < tensor.PaddedLength; start += ChunkLength)
            yield return (tensor.Offset + start, Math.Min(ChunkLength, tensor.PaddedLength - start), tensor.Decays);
    }

    private void Run(Action<int> work, ParallelLoop team, bool parallel)
    {
        if (parallel)
        {
            team.Run(work, _chunks.Length);
            return;
        }

        for (int chunk = 0; chunk < _chunks.Length; chunk++)
            work(chunk);
    }

    private void Square(int chunk) =>
        _squares[chunk] = SumOfSquares.Of(_gradients.Values.AsSpan(_chunks[chunk].Start, _chunks[chunk].Length));

    private void Update(int chunk)
    {
        var (start, length, decays) = _chunks[chunk];
        AdamKernel.Update(
            new AdamStep(_step, _learningRate, FirstDecay, SecondDecay, Epsilon, decays ? _weightDecay : 0, _scale),
            _weights.Values.AsSpan(start, length), _gradients.Values.AsSpan(start, length),
            _firstMoments.Values.AsSpan(start, length), _secondMoments.Values.AsSpan(start, length));
    }
}
