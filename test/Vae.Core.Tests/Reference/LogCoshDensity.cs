using System.Collections.Concurrent;

namespace Vae.Tests.Reference;

/// <summary>cosh(10·t)^(−1/10) and the integrals of its powers, by quadrature.</summary>
internal static class LogCoshDensity
{
    private static readonly ConcurrentDictionary<double, double> Areas = [];

    /// <summary>−(1/10)·log cosh(10·t).</summary>
    public static double LogKernel(double t) => -(Math.Abs(10 * t) + Math.Log(1 + Math.Exp(-2 * Math.Abs(10 * t))) - Math.Log(2)) / 10;

    /// <summary>∫ cosh(10·t)^(−q/10) dt by the trapezoidal rule; beyond |t| = 60 there is nothing left.</summary>
    public static double Area(double power) =>
        Areas.GetOrAdd(power, static q => Enumerable.Range(-60_000, 120_001).Sum(i => 1e-3 * Math.Exp(q * LogKernel(i * 1e-3))));
}
