using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Vae.Numerics.Simd;

namespace Vae.Benchmarks.Kernels;

/// <summary>
/// The most floating-point operations that the machine does: fused multiply-adds of registers alone, 2 operations per element of the
/// widest vectors, on twelve independent sums, which keeps two units of a latency up to six cycles busy.
/// </summary>
internal static class RegisterPeak
{
    private const int Sums = 12;
    private const int StepsPerSample = 50_000;

    private static float _sink;

    /// <summary>The operations of <see cref="Run"/>.</summary>
    public static double Operations(int steps) => 2.0 * steps * Sums
        * (Vector512.IsHardwareAccelerated ? SimdVector512.Count
            : Vector256.IsHardwareAccelerated ? SimdVector256.Count
            : SimdVector128.Count);

    /// <summary>Updates every sum a number of times. The result depends on all of them.</summary>
    public static float Run(int steps) =>
        Vector512.IsHardwareAccelerated ? Run<SimdVector512>(steps)
        : Vector256.IsHardwareAccelerated ? Run<SimdVector256>(steps)
        : Run<SimdVector128>(steps);

    /// <summary>10⁹ operations per second of some threads together, each of which counts its own median.</summary>
    public static double Measure(int threads, double seconds)
    {
        var rates = new double[threads];
        using var start = new Barrier(threads);
        var team = Enumerable.Range(0, threads).Select(number => new Thread(() =>
        {
            start.SignalAndWait();
            rates[number] = Rate(seconds);
        })).ToArray();
        foreach (var thread in team)
            thread.Start();
        foreach (var thread in team)
            thread.Join();
        return rates.Sum();
    }

    private static double Rate(double seconds)
    {
        var samples = new List<double>();
        long begin = Stopwatch.GetTimestamp();
        do
        {
            long start = Stopwatch.GetTimestamp();
            _sink = Run(StepsPerSample);
            samples.Add(Operations(StepsPerSample) / Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < seconds);

        samples.Sort();
        return samples[samples.Count / 2];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run<TVector>(int steps)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var factor = TVector.Broadcast(0.999f);
        var addend = TVector.Broadcast(0.001f);
        TVector a, b, c, d, e, f, g, h, i, j, k, l;
        a = b = c = d = e = f = g = h = i = j = k = l = TVector.Broadcast(_sink);
        for (int step = 0; step < steps; step++)
        {
            a = TVector.MultiplyAdd(a, factor, addend);
            b = TVector.MultiplyAdd(b, factor, addend);
            c = TVector.MultiplyAdd(c, factor, addend);
            d = TVector.MultiplyAdd(d, factor, addend);
            e = TVector.MultiplyAdd(e, factor, addend);
            f = TVector.MultiplyAdd(f, factor, addend);
            g = TVector.MultiplyAdd(g, factor, addend);
            h = TVector.MultiplyAdd(h, factor, addend);
            i = TVector.MultiplyAdd(i, factor, addend);
            j = TVector.MultiplyAdd(j, factor, addend);
            k = TVector.MultiplyAdd(k, factor, addend);
            l = TVector.MultiplyAdd(l, factor, addend);
        }

        var sum = a + b + c + d + (e + f + g + h) + (i + j + k + l);
        return Unsafe.As<TVector, float>(ref sum) / Sums;
    }
}
