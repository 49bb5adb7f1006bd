using System.Globalization;
using SharpFuzz;
using Vae.Fuzzing;

// Fuzzes the reader of models and checkpoints.
//   replay CORPUS                      reads every input of a folder
//   seeds CORPUS                       writes the inputs that a corpus begins with
//   instrument FOLDER                  copies this program to a folder, with a library that reports its branches; from there:
//     guided CORPUS FINDINGS MINUTES   fuzzes in one process, and keeps each input that takes a new branch, or that the reader fails at
//     afl, libfuzzer                   what afl-fuzz and libfuzzer-dotnet start
switch (args)
{
    case ["replay", var corpus]:
        foreach (string input in Directory.GetFiles(corpus))
            ReaderTarget.Run(File.ReadAllBytes(input));
        return 0;
    case ["seeds", var corpus]:
        Directory.CreateDirectory(corpus);
        File.WriteAllBytes(Path.Combine(corpus, "model"), ReaderTarget.SmallModel());
        File.WriteAllBytes(Path.Combine(corpus, "checkpoint"), ReaderTarget.SmallCheckpoint());
        return 0;
    case ["instrument", var folder]:
        Directory.CreateDirectory(folder);
        foreach (string file in Directory.GetFiles(AppContext.BaseDirectory))
            File.Copy(file, Path.Combine(folder, Path.GetFileName(file)), overwrite: true);
        var types = Fuzzer.Instrument(Path.Combine(folder, "Vae.Core.dll"), IsRead, Options.Value);
        Console.WriteLine($"{types.Count()} types report their branches.");
        return 0;
    case ["guided", var corpus, var findings, var minutes]:
        var time = TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture));
        return Math.Min(1, new Guided(findings, seed: 1).Run(corpus, time));
    case ["afl"]:
        Fuzzer.OutOfProcess.Run(stream =>
        {
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            ReaderTarget.Run(memory.ToArray());
        });
        return 0;
    case ["libfuzzer", ..]:
        Fuzzer.LibFuzzer.Run(ReaderTarget.Run);
        return 0;
    default:
        Console.Error.WriteLine("replay CORPUS | seeds CORPUS | instrument FOLDER | guided CORPUS FINDINGS MINUTES | afl | libfuzzer");
        return 2;
}

static bool IsRead(string type) =>
    new[] { "Vae.Persistence.", "Vae.Diagnostics.", "Vae.Data.", "Vae.Options.", "Vae.Networks.", "Vae.Training.Checkpoints." }
        .Any(room => type.StartsWith(room, StringComparison.Ordinal));
