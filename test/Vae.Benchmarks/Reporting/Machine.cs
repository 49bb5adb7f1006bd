using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Vae.Benchmarks.Reporting;

/// <summary>The machine that measures.</summary>
internal static class Machine
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>The processor's name, family and model.</summary>
    public static string Processor
    {
        get
        {
            string[] lines = File.Exists(ProcessorFile) ? File.ReadAllLines(ProcessorFile) : [];
            string Value(string key) =>
                lines.FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "";
            return Value("model name") is { Length: > 0 } name
                ? $"{name} (family {Value("cpu family")}, model {Value("model\t")})"
                : RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    /// <summary>The processor, its cores, the width of its vectors and the runtime in one line.</summary>
    public static string Description => FormattableString.Invariant(
        $"{Processor}, {Environment.ProcessorCount} cores, vectors of {VectorBits} bits; {Software}");

    private static string Software => $"{RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}";

    private static int VectorBits => Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
}
