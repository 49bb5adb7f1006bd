namespace Vae.Benchmarks.Kernels;

/// <summary>Benchmarks whose methods all do a known amount of work.</summary>
public interface ICountsWork
{
    /// <summary>Floating-point operations, or elements, per call.</summary>
    public double Work { get; }
}
