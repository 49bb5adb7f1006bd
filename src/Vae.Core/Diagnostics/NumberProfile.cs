namespace Vae.Diagnostics;

/// <summary>
/// What is kept of the distribution of some numbers: at a few places, how many of them lie there or below. Between two places next to each
/// other lies at most one step of them, so that the distribution function anywhere is known to a step.
/// </summary>
/// <param name="Cuts">The places, in rising order.</param>
/// <param name="Counts">How many of the numbers are at most as large as each.</param>
/// <param name="Total">How many there were.</param>
internal sealed record NumberProfile(float[] Cuts, int[] Counts, int Total)
{
    /// <summary>The largest number of places: two for each step, and one more before a value that takes up a whole one.</summary>
    public const int MostCuts = 3 * MostSteps + 1;

    /// <summary>A step of many numbers is this part of them.</summary>
    public const int MostSteps = 64;

    /// <summary>The size of a step of few.</summary>
    private const int FewestPerStep = 8;

    /// <summary>The profile of numbers in rising order.</summary>
    /// <param name="numbers">The numbers.</param>
    /// <param name="steps">The largest number of steps.</param>
    public static NumberProfile Of(ReadOnlySpan<float> numbers, int steps)
    {
        int step = Math.Max(FewestPerStep, (numbers.Length + steps - 1) / steps);
        var cuts = new List<float>();
        var counts = new List<int>();
        int last = 0;
        for (int start = 0, end; start < numbers.Length; start = end)
        {
            end = EndOf(numbers, start);
            int next = end < numbers.Length ? EndOf(numbers, end) - last : 0;
            if (end - start > step)
            {
                // Values between the last place and one that many share must not be taken for that.
                float below = MathF.BitDecrement(numbers[start]);
                if (float.IsFinite(below) && (cuts.Count == 0 || below > cuts[^1])) Add(below, start);
                Add(numbers[start], end);
            }
            else if (next > step)
            {
                Add(numbers[start], end);
            }
        }

        return new NumberProfile([.. cuts], [.. counts], numbers.Length);

        void Add(float cut, int count)
        {
            cuts.Add(cut);
            counts.Add(count);
            last = count;
        }
    }

    /// <summary>The smallest part of the numbers that lies between two places next to each other, if any does.</summary>
    public double SmallestStep
    {
        get
        {
            int smallest = Total, before = 0;
            foreach (int count in Counts)
            {
                if (count > before) smallest = Math.Min(smallest, count - before);
                before = count;
            }

            return (double)(before < Total ? Math.Min(smallest, Total - before) : smallest) / Total;
        }
    }

    /// <summary>Where the value that begins at an index ends.</summary>
    private static int EndOf(ReadOnlySpan<float> numbers, int start)
    {
        int end = start + 1;
        while (end < numbers.Length && numbers[end] == numbers[start])
            end++;
        return end;
    }
}
