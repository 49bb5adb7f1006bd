using Vae.Options;

namespace Vae.Testing;

/// <summary>
/// The regularizers that every test of regularizers runs over, and what they mean in double precision. Whoever adds a regularizer adds it
/// here.
/// </summary>
public static class RegularizerCases
{
    /// <summary>Each regularizer at least once. The names stand in trained-bits.txt.</summary>
    public static IReadOnlyList<(string Name, RegularizerOptions Options)> All { get; } =
    [
        ("beta-0", RegularizerOptions.KullbackLeibler(0)),
        ("beta-4", RegularizerOptions.KullbackLeibler(4)),
        ("free-bits", new KullbackLeiblerOptions { FreeBits = 0.3 }),
        ("capacity", new KullbackLeiblerOptions { Beta = 5, Capacity = 2 }),
        ("info-vae", RegularizerOptions.InfoVae()),
        ("info-vae-gaussian-kernel", Information(0.3, 5, LatentKernel.RadialBasisFunction, 2)),
        ("info-vae-multiquadric-kernel", Information(0.3, 5, LatentKernel.InverseMultiquadric, 2)),
        ("total-correlation", RegularizerOptions.TotalCorrelation()),
    ];

    /// <summary><see cref="All"/> and further values where a formula has a corner or an end.</summary>
    public static IReadOnlyList<(string Name, RegularizerOptions Options)> WithEdges { get; } =
    [
        .. All,
        ("beta-1", RegularizerOptions.KullbackLeibler()),
        ("free-bits-beta", new KullbackLeiblerOptions { FreeBits = 0.2, Beta = 0.5 }),
        ("capacity-that-the-KL-exceeds", new KullbackLeiblerOptions { Capacity = 0.1 }),
        ("capacity-that-the-KL-does-not-reach", new KullbackLeiblerOptions { Beta = 5, Capacity = 40 }),
        ("info-vae-narrow-kernel", Information(0.5, 3, LatentKernel.InverseMultiquadric, 0.7)),
        ("info-vae-without-KL", Information(1, 20, LatentKernel.RadialBasisFunction, 0.7)),
        ("info-vae-negative-alpha", Information(-1, 50, LatentKernel.RadialBasisFunction, 0.5)),
        ("total-correlation-0", RegularizerOptions.TotalCorrelation(0)),
        ("total-correlation-1", RegularizerOptions.TotalCorrelation(1)),
        ("total-correlation-6", RegularizerOptions.TotalCorrelation(6)),
    ];

    /// <summary>Regularizers with an option out of its range, and the option's name.</summary>
    public static IReadOnlyList<(string Name, RegularizerOptions Options)> OutOfRange { get; } =
    [
        .. new[] { -0.1, double.NaN, double.PositiveInfinity }.SelectMany(value => new (string, RegularizerOptions)[]
        {
            ("Beta", RegularizerOptions.KullbackLeibler(value)),
            ("FreeBits", new KullbackLeiblerOptions { FreeBits = value }),
            ("Capacity", new KullbackLeiblerOptions { Capacity = value }),
            ("Beta", RegularizerOptions.TotalCorrelation(value)),
        }),
        ("Alpha", RegularizerOptions.InfoVae(1.5, 10)),
        ("Lambda", RegularizerOptions.InfoVae(0, 1e-3)),
        ("Lambda", RegularizerOptions.InfoVae(0, double.PositiveInfinity)),
        ("Kernel", new InfoVaeOptions { Kernel = (LatentKernel)5 }),
        ("Bandwidth", new InfoVaeOptions { Bandwidth = 0 }),
    ];

    /// <summary>The term that the options ask for, the schedule's factor included.</summary>
    public static double Value(RegularizerOptions options, ReferencePosterior posterior) => options switch
    {
        KullbackLeiblerOptions { Capacity: { } capacity } divergence =>
            divergence.Beta * Math.Abs(posterior.KullbackLeibler - posterior.Factor * capacity),
        KullbackLeiblerOptions { FreeBits: > 0 } divergence =>
            posterior.Factor * divergence.Beta * posterior.DimensionMeans.Sum(mean => Math.Max(divergence.FreeBits, mean)),
        KullbackLeiblerOptions divergence => posterior.Factor * divergence.Beta * posterior.KullbackLeibler,
        InfoVaeOptions information => posterior.Factor * (
            (1 - information.Alpha) * posterior.KullbackLeibler
            + (information.Alpha + information.Lambda - 1) * posterior.Discrepancy((u, v) => Kernel(information, u, v))),
        TotalCorrelationOptions correlation =>
            posterior.Factor * (posterior.KullbackLeibler + (correlation.Beta - 1) * posterior.TotalCorrelation),
        var other => throw new NotSupportedException($"{other}"),
    };

    private static InfoVaeOptions Information(double alpha, double lambda, LatentKernel kernel, double bandwidth) =>
        new() { Alpha = alpha, Lambda = lambda, Kernel = kernel, Bandwidth = bandwidth };

    private static double Kernel(InfoVaeOptions options, double[] u, double[] v)
    {
        double distance = u.Zip(v, (a, b) => (a - b) * (a - b)).Sum();
        double width = 2 * u.Length * options.Bandwidth * options.Bandwidth;
        return options.Kernel == LatentKernel.RadialBasisFunction
            ? Math.Exp(-distance / width)
            : new[] { 0.1, 0.2, 0.5, 1, 2, 5, 10 }.Sum(c => c * width / (c * width + distance));
    }
}
