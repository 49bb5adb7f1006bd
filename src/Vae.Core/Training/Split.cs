using Vae.Numerics;

namespace Vae.Training;

/// <summary>Which rows are trained on and which are held out.</summary>
internal sealed class Split
{
    /// <summary>Holds out exactly round(fraction·rows) rows, unless fewer than two would be left (Knuth's selection sampling).</summary>
    public Split(int rows, double fraction, ulong seed)
    {
        int heldOut = (int)Math.Round(fraction * rows, MidpointRounding.AwayFromZero);
        if (rows - heldOut < 2) heldOut = 0;
        var random = new float[1];
        var training = new int[rows - heldOut];
        var validation = new int[heldOut];
        int taken = 0;
        for (int row = 0; row < rows; row++)
        {
            CounterRandom.FillUniform(seed, RandomStreams.Split, (ulong)row, random);
            if ((double)random[0] * (rows - row) < heldOut - taken)
                validation[taken++] = row;
            else
                training[row - taken] = row;
        }

        Training = training;
        Validation = validation;
    }

    /// <summary>The rows to train on, in table order.</summary>
    public int[] Training { get; }

    /// <summary>The rows that are held out, in table order.</summary>
    public int[] Validation { get; }
}
