namespace Vae.Benchmarks.Peers;

/// <summary>The training step of a network: medians.</summary>
/// <param name="Network">The network and minibatch.</param>
/// <param name="Operations">Floating-point operations of a step.</param>
/// <param name="OneThread">Microseconds per step on one thread.</param>
/// <param name="TwoThreads">Microseconds per step on two threads.</param>
/// <param name="OnePeak">What one core can do, in 10⁹ operations per second.</param>
/// <param name="TwoPeak">What two cores can do.</param>
/// <param name="BytesPerStep">Bytes that all threads allocated per step.</param>
/// <param name="Peers">The same step in other libraries.</param>
internal sealed record TrainingResult(
    string Network, double Operations, double OneThread, double TwoThreads, double OnePeak, double TwoPeak, double BytesPerStep,
    IReadOnlyList<PeerResult> Peers)
{
    /// <summary>10⁹ operations per second on one thread.</summary>
    public double OneThreadRate => Operations / OneThread / 1000;

    /// <summary>10⁹ operations per second on two threads.</summary>
    public double TwoThreadsRate => Operations / TwoThreads / 1000;

    /// <summary>The share of one core's peak that is reached on one thread.</summary>
    public double OneThreadShare => OneThreadRate / OnePeak;

    /// <summary>The share of both cores' peak that is reached on two threads.</summary>
    public double TwoThreadsShare => TwoThreadsRate / TwoPeak;

    /// <summary>How many times as fast two threads are as one.</summary>
    public double SecondCore => OneThread / TwoThreads;
}
