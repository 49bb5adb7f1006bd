using System.Numerics.Tensors;
using Vae.Losses;
using Vae.Numerics;
using Vae.Numerics.RandomNumbers;

namespace Vae.Training.Managed;

/// <summary>
/// Drops units with probability p and scales the others by 1 / (1 − p) in training; passes everything in use (Srivastava et al. 2014).
/// </summary>
internal sealed class DropoutLayer : Pass
{
    private readonly float _probability;
    private readonly ulong _stream;
    private readonly ValueAndGradient _input;
    private readonly ValueAndGradient _output;
    private readonly Matrix _kept;

    public DropoutLayer(double probability, ulong stream, ValueAndGradient input, ValueAndGradient output)
    {
        _probability = (float)probability;
        _stream = stream;
        _input = input;
        _output = output;
        _kept = new Matrix(input.Value.Rows, input.Value.Columns);
    }

    public override void Forward(StepInfo step, int first, int count)
    {
        var kept = _kept.Block(first, count);
        if (step.Training)
        {
            ulong element = ((ulong)step.Number * (ulong)_kept.Rows + (ulong)first) * (ulong)_kept.Stride;
            CounterRandom.FillUniform(step.Seed, _stream, element, kept);
            float scale = 1 / (1 - _probability);
            for (int i = 0; i < kept.Length; i++)
                kept[i] = kept[i] < _probability ? 0 : scale;
        }
        else
        {
            kept.Fill(1);
        }

        TensorPrimitives.Multiply(_input.Value.Block(first, count), kept, _output.Value.Block(first, count));
    }

    public override void Backward(StepInfo step, int first, int count) =>
        TensorPrimitives.Multiply(_output.Gradient.Block(first, count), _kept.Block(first, count), _input.Gradient.Block(first, count));
}
