using System.Globalization;
using Vae.Benchmarks.Peers;
using Vae.TrainingBenchmarks;

return args switch
{
    ["torch-step", var slots, var hidden, var latent, var batch, var threads] => StepServer.Run(
        new NetworkSize(Number(slots), [.. hidden.Split(',').Select(Number)], Number(latent), Number(batch)), Number(threads)),
    ["torch-losses", .. var folders] => LossComparison.Run(folders),
    ["torch-memory"] => MemoryGrowth.Run(),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("""
        torch-step SLOTS HIDDEN,HIDDEN LATENT BATCH THREADS
                                 microseconds per training step with TorchSharp, for build/bench.cs training
        torch-losses FOLDER...   validation losses of both on the tables (CSV, last column a class) in the folders
        torch-memory             resident memory over 200 trainings with TorchSharp
        """);
    return 2;
}
