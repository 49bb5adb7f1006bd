using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Vae;
using Vae.Data;
using Vae.Options;
using Vae.Samples.Scale;
using Vae.Training.Managed;

// Usage: Scale FOLDER [rows] [rows of a part] [engines, with commas between]
// Writes a made table as Parquet, part by part, trains a small model on some of its rows, and has engines score all of them, in one
// process for each part and as many at a time as there are cores. Whatever is there is not made again: kill it, and run it again.
const double largeTable = 1e10;
const double dollarsPerCoreHour = 0.05;
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["table", var first, var end, var table])
{
    MadeTable.Write(long.Parse(first), long.Parse(end), table);
    return 0;
}

if (args is ["scores", var name, var modelFile, var source, var target])
{
    Scoring.Run(name, modelFile, source, target);
    using var process = Process.GetCurrentProcess();
    Console.WriteLine($"{process.TotalProcessorTime.TotalSeconds} {process.PeakWorkingSet64}");
    return 0;
}

string folder = Path.GetFullPath(args[0]);
long rows = args.Length > 1 ? long.Parse(args[1]) : 10_000_000;
long partRows = args.Length > 2 ? long.Parse(args[2]) : 250_000;
var parts = Enumerable.Range(0, (int)((rows + partRows - 1) / partRows))
    .Select(part => (First: part * partRows, End: Math.Min(rows, (part + 1) * partRows))).ToArray();
string[] engines = args.Length > 3 ? args[3].Split(',') : Scoring.Engines;
foreach (string subfolder in (string[])["table", .. engines])
{
    var leftOver = Directory.CreateDirectory(Path.Combine(folder, subfolder)).GetFiles($"*{Database.TemporaryEnding}");
    Array.ForEach(leftOver, file => file.Delete());
}

Console.WriteLine($"{rows:N0} rows in {parts.Length:N0} parts, {Environment.ProcessorCount} processes at a time");
ForEachPart(PathOf("table"), (part, output) => Start("table", $"{part.First}", $"{part.End}", output));
string model = Path.Combine(folder, "model.vae");
if (!File.Exists(model)) Train(PathOf("table")(parts[0])).Save(model);

Console.WriteLine($"{"",-12}{"rows",14}{"seconds",10}{"rows/s per core",18}{"MB at most",12}{"core hours, 10^10 rows",24}{"dollars",9}");
foreach (string engine in engines)
{
    var figures = new ConcurrentBag<(long Rows, double Seconds, long Bytes)>();
    long start = Stopwatch.GetTimestamp();
    ForEachPart(PathOf(engine), (part, output) =>
    {
        string[] figure = Start("scores", engine, model, PathOf("table")(part), output).Split(' ');
        figures.Add((part.End - part.First, double.Parse(figure[0]), long.Parse(figure[1])));
    });
    double elapsed = Stopwatch.GetElapsedTime(start).TotalSeconds;
    Print(engine, [.. figures], elapsed);
}

Compare();
return 0;

// The file of a part among others.
Func<(long First, long End), string> PathOf(string subfolder) =>
    part => Path.Combine(folder, subfolder, $"{part.First:00000000000}-{part.End:00000000000}.parquet");

void ForEachPart(Func<(long First, long End), string> path, Action<(long First, long End), string> make) => Parallel.ForEach(
    parts.Where(part => !File.Exists(path(part))), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
    part => make(part, path(part)));

// Starts this program for one part, and waits for it.
static string Start(params string[] arguments)
{
    var start = new ProcessStartInfo(Environment.ProcessPath!, OwnArguments(arguments)) { RedirectStandardOutput = true };
    using var process = Process.Start(start)!;
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{string.Join(' ', arguments)}' failed.");
}

// Where dotnet is the process, the program is its first argument.
static string[] OwnArguments(string[] arguments) => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet"
    ? [typeof(Scoring).Assembly.Location, .. arguments]
    : arguments;

static VaeModel Train(string part)
{
    const int most = 5 * ColumnBatch.Capacity;
    var values = new List<float>();
    using var connection = Database.Open();
    using var command = connection.CreateCommand();
    command.CommandText = MadeTable.Select(part);
    using var reader = command.ExecuteReader();
    var batch = new ColumnBatch();
    float[] slots = new float[ColumnBatch.Capacity * MadeTable.Layout.RowWidth];
    while (values.Count < most * MadeTable.Layout.RowWidth && batch.Read(reader))
        values.AddRange(batch.ToRows(slots));
    var options = new VaeOptions { HiddenLayers = [16], LatentDimension = 4, Epochs = 20, Seed = 1 };
    return new ManagedTrainer().Train(new MatrixRows(MadeTable.Layout, values.ToArray()), options);
}

// Figures of the parts that this run has scored. The processor's time is that of whole processes: start, reading and writing included.
static void Print(string engine, (long Rows, double Seconds, long Bytes)[] figures, double elapsed)
{
    if (figures.Length == 0)
    {
        Console.WriteLine($"{engine,-12}  all parts were there");
        return;
    }

    long scored = figures.Sum(figure => figure.Rows);
    double perSecond = scored / figures.Sum(figure => figure.Seconds);
    double hours = largeTable / perSecond / 3600;
    Console.WriteLine($"{engine,-12}{scored,14:N0}{elapsed,10:N0}{perSecond,18:N0}{figures.Max(figure => figure.Bytes) / 1e6,12:N0}"
        + $"{hours,24:N1}{hours * dollarsPerCoreHour,9:N2}");
}

// All engines have all rows, and say the same of them.
void Compare()
{
    using var connection = Database.Open();
    foreach (string engine in engines)
    {
        string files = string.Join(", ", parts.Select(PathOf(engine)).Select(path => $"'{Database.Quoted(path)}'"));
        connection.Run($"CREATE VIEW {engine} AS SELECT * FROM read_parquet([{files}])");
    }

    var differences = engines.Select(engine => $"abs({engine}.Score - {engines[0]}.Score)");
    double[] result = connection.ReadRow(
        $"SELECT count(*), max(greatest({string.Join(", ", differences)}) / greatest(1, abs({engines[0]}.Score))) "
        + $"FROM {engines[0]} {string.Concat(engines[1..].Select(engine => $" JOIN {engine} USING (id)"))}");
    if (result[0] != rows) throw new InvalidDataException($"{result[0]} of {rows} rows have scores of all engines.");
    Console.WriteLine($"{result[0]:N0} rows with scores of {engines.Length} engines; largest relative difference {result[1]:0.0e+0}");
}
