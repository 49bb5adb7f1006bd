using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;

namespace Vae.Benchmarks.Kernels;

/// <summary>The benchmarks of this folder. With DOTNET_EnableAVX512=0 they show what a machine without 512-bit vectors does.</summary>
internal static class KernelBenchmarks
{
    /// <summary>Runs those that BenchmarkDotNet's own options choose.</summary>
    public static int Run(ParseResult result)
    {
        // Many short iterations, because on a machine that does other things too only the fastest one tells something.
        var job = Job.Default
            .WithToolchain(InProcessEmitToolchain.Instance)
            .WithIterationTime(TimeInterval.FromMilliseconds(10))
            .WithWarmupCount(30)
            .WithIterationCount(100);
        var config = DefaultConfig.Instance
            .AddJob(job)
            .AddColumn(StatisticColumn.Min)
            .AddColumn(new RateColumn())
            .HideColumns(Column.Error, Column.StdDev, Column.Median);
        BenchmarkSwitcher.FromAssembly(typeof(KernelBenchmarks).Assembly).Run([.. result.UnmatchedTokens], config);
        return 0;
    }
}
