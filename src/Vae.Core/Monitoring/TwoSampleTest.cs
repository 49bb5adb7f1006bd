using Vae.Diagnostics;
using Vae.Numerics.Elementwise;

namespace Vae.Monitoring;

/// <summary>Tests of whether two samples come from one distribution: how far apart they are, and how likely that is by chance.</summary>
internal static class TwoSampleTest
{
    private const double Precision = 1e-12;
    private const int MostTerms = 10_000;

    /// <summary>−ζ(1/2)/√(2π).</summary>
    private const double Overshoot = 0.5826;

    /// <summary>
    /// Kolmogorov and Smirnov's: the largest distance between the two distribution functions, and its p-value by the limit distribution
    /// with Stephens' correction (1970). Where values are tied it is conservative.
    /// </summary>
    /// <param name="first">A sample in ascending order.</param>
    /// <param name="second">A sample in ascending order.</param>
    public static (double Distance, double PValue) OfNumbers(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        if (first.IsEmpty || second.IsEmpty) return (0, 1);
        int i = 0, j = 0;
        double distance = 0;
        while (i < first.Length && j < second.Length)
        {
            float value = Math.Min(first[i], second[j]);
            while (i < first.Length && first[i] == value)
                i++;
            while (j < second.Length && second[j] == value)
                j++;
            distance = Math.Max(distance, Math.Abs((double)i / first.Length - (double)j / second.Length));
        }

        double root = Root(first.Length, second.Length);
        return (distance, Kolmogorov((root + 0.12 + 0.11 / root) * distance));
    }

    /// <summary>
    /// The same where one distribution function is known at some places only: the distance is smaller by a step of the profile at most.
    /// A random walk that is looked at in steps exceeds a boundary as rarely as one that is always looked at exceeds a boundary higher by
    /// 0.5826 times the root of the step (Siegmund 1985). The p-value takes that back in place of Stephens' correction, for the smallest
    /// step, so that it is conservative where steps differ; and no more than holds for a boundary of half the root's inverse, since farther
    /// out a coarse walk is rarely above it at two steps at once.
    /// </summary>
    /// <param name="first">The profile of a sample.</param>
    /// <param name="second">A sample in ascending order.</param>
    public static (double Distance, double PValue) OfNumbers(NumberProfile first, ReadOnlySpan<float> second)
    {
        if (first.Cuts.Length == 0 || second.IsEmpty) return (0, 1);
        int below = 0;
        double distance = 0;
        for (int i = 0; i < first.Cuts.Length; i++)
        {
            while (below < second.Length && second[below] <= first.Cuts[i])
                below++;
            distance = Math.Max(distance, Math.Abs((double)first.Counts[i] / first.Total - (double)below / second.Length));
        }

        if (distance == 0) return (0, 1);
        double boundary = Root(first.Total, second.Length) * distance;
        return (distance, Kolmogorov(boundary + Overshoot * Math.Min(Math.Sqrt(first.SmallestStep), 0.5 / boundary)));
    }

    /// <summary>
    /// Pearson's χ² of homogeneity, and as a distance the total variation: half the sum of the differences between the categories' shares.
    /// </summary>
    /// <param name="first">How often each category was there in one sample.</param>
    /// <param name="second">The same of the other sample.</param>
    public static (double Distance, double PValue) OfCounts(ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        double a = Sum(first), b = Sum(second);
        if (a == 0 || b == 0) return (0, 1);
        double distance = 0, statistic = 0;
        int categories = 0;
        for (int category = 0; category < first.Length; category++)
        {
            double both = (double)first[category] + second[category];
            if (both == 0) continue;
            categories++;
            distance += Math.Abs(first[category] / a - second[category] / b) / 2;
            double expected = both * a / (a + b), rest = both - expected;
            double difference = first[category] - expected;
            statistic += difference * difference * (1 / expected + 1 / rest);
        }

        return (distance, categories < 2 ? 1 : UpperGamma((categories - 1) / 2.0, statistic / 2));
    }

    private static double Root(int first, int second) => Math.Sqrt((double)first * second / (first + second));

    /// <summary>P(K &gt; x) = 2 Σ (−1)^(j−1) exp(−2j²x²) of Kolmogorov's distribution.</summary>
    private static double Kolmogorov(double x)
    {
        // The series converges slowly where the sum is 1 to all digits that matter.
        if (x < 0.3) return 1;
        double sum = 0;
        for (int j = 1; j < MostTerms; j++)
        {
            double term = 2 * Math.Exp(-2.0 * j * j * x * x);
            sum += j % 2 == 1 ? term : -term;
            if (term < Precision) break;
        }

        return Math.Clamp(sum, 0, 1);
    }

    /// <summary>
    /// The regularized upper incomplete gamma function Q(a, x): 1 minus the series of P for small x, else the continued fraction by Lentz's
    /// method.
    /// </summary>
    private static double UpperGamma(double a, double x)
    {
        if (x <= 0) return 1;
        double factor = Math.Exp(a * Math.Log(x) - x - ScalarMath.LogGamma(a));
        return x < a + 1 ? 1 - factor * Series(a, x) : factor * Fraction(a, x);
    }

    private static double Series(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (int n = 1; n < MostTerms && term > Precision * sum; n++)
            sum += term *= x / (a + n);
        return sum;
    }

    private static double Fraction(double a, double x)
    {
        const double tiny = 1e-300;
        double b = x + 1 - a, c = 1 / tiny, d = 1 / b, result = d;
        for (int n = 1; n < MostTerms; n++)
        {
            double numerator = n * (a - n);
            b += 2;
            d = 1 / NotZero(numerator * d + b);
            c = NotZero(b + numerator / c);
            result *= c * d;
            if (Math.Abs(c * d - 1) < Precision) break;
        }

        return result;

        static double NotZero(double value) => Math.Abs(value) < tiny ? tiny : value;
    }

    private static double Sum(ReadOnlySpan<int> counts)
    {
        double sum = 0;
        foreach (int count in counts)
            sum += count;
        return sum;
    }
}
