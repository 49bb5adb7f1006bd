using Vae.TrainingBenchmarks;

return args switch
{
    ["torch"] => StepComparison.Run(),
    ["torch-losses", .. var folders] => LossComparison.Run(folders),
    ["torch-memory"] => MemoryGrowth.Run(),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        torch                    rows per second of the managed and the TorchSharp trainer
        torch-losses FOLDER...   validation losses of both on the tables (CSV, last column a class) in the folders
        torch-memory             resident memory over 200 trainings with TorchSharp
        """);
    return 2;
}
