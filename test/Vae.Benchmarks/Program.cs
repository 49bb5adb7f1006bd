using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Perfolizer.Horology;
using Vae.Benchmarks;
using Vae.Benchmarks.Peers;

switch (args)
{
    case ["training", .. var json]:
        return PeerComparison.Run(json.FirstOrDefault());
    case ["scoring"]:
        return ScoringSpeed.Run();
    case ["large", .. var millions]:
        return LargeTable.Run(millions.Length == 0 ? [5, 10, 50] : millions.Select(int.Parse));
}

// dotnet run -c Release --project test/Vae.Benchmarks -- --filter '*MatrixProduct*'
// The same with DOTNET_EnableAVX512=0 shows what a machine without 512-bit vectors does.
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

BenchmarkSwitcher.FromAssembly(typeof(MatrixProductBenchmarks).Assembly).Run(args, config);
return 0;
