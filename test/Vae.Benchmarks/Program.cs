using System.CommandLine;
using System.Globalization;
using Vae.Benchmarks.Cursor;
using Vae.Benchmarks.Kernels;
using Vae.Benchmarks.Peers;
using Vae.Benchmarks.Reporting;
using Vae.Benchmarks.Subnormals;
using Vae.Benchmarks.Torch;

var page = new Option<string?>("--page")
{
    Description = "A Markdown page; the results replace its section of the command's name.",
    Recursive = true,
};
var json = new Option<string?>("--json")
{
    Description = "A JSON file; the results replace its member of the command's name.",
    Recursive = true,
};
var millions = new Argument<int[]>("millions")
{
    Description = "The rows of the tables, in millions.",
    DefaultValueFactory = _ => [5, 10, 50],
};
var folders = new Argument<string[]>("folders") { Description = "Where the tables are: CSV files whose last column is a class." };
var moreFolders = new Argument<string[]>("folders") { Description = folders.Description, Arity = ArgumentArity.ZeroOrMore };
var slots = new Argument<int>("slots");
var hidden = new Argument<int[]>("hidden")
{
    Arity = ArgumentArity.ExactlyOne,
    CustomParser = result => Array.ConvertAll(result.Tokens[0].Value.Split(','), width => int.Parse(width, CultureInfo.InvariantCulture)),
};
var latent = new Argument<int>("latent");
var batch = new Argument<int>("batch");
var threads = new Argument<int>("threads");

var kernels = Command(
    "kernels", "The numerics, by BenchmarkDotNet, whose options it takes: --filter '*MatrixProduct*'.", KernelBenchmarks.Run);
kernels.TreatUnmatchedTokensAsErrors = false;
var step = Command(
    StepServer.Command, "Microseconds per training step with TorchSharp, asked for by the command training.",
    result => StepServer.Run(
        new NetworkSize(result.GetValue(slots), result.GetValue(hidden)!, result.GetValue(latent), result.GetValue(batch)),
        result.GetValue(threads)));
foreach (var argument in (Argument[])[slots, hidden, latent, batch, threads])
    step.Arguments.Add(argument);

var large = Command(
    "large", "An epoch over large tables: time and memory.", result => LargeTable.Run(result.GetValue(millions)!, Output(result)));
large.Arguments.Add(millions);
var losses = Command(
    "torch-losses", "The validation losses of both trainers on tables.", result => LossComparison.Run(result.GetValue(folders)!));
losses.Arguments.Add(folders);
var subnormals = Command(
    "subnormals", "The subnormal numbers in the products of whole trainings on a made table, and on others.",
    result => SubnormalOperands.Run(result.GetValue(moreFolders)!, Output(result)));
subnormals.Arguments.Add(moreFolders);

return new RootCommand("Measures the libraries.")
{
    page,
    json,
    Command(
        "training", "Training steps of both trainers and of PyTorch.",
        result => PeerComparison.Run([Peer.TorchSharp(), Peer.PyTorch()], Output(result))),
    Command("scoring", "Rows per second of the encoder.", result => ScoringSpeed.Run(Output(result))),
    Command(
        "cursor", "What a row costs in an ML.NET cursor: read, embedded by a VAE, projected to principal components.",
        result => CursorCost.Run(Output(result))),
    large,
    kernels,
    step,
    losses,
    subnormals,
    Command("torch-memory", "The resident memory over 200 trainings with TorchSharp.", _ => MemoryGrowth.Run()),
}.Parse(args).Invoke();

ResultOutput Output(ParseResult result) => new(result.GetValue(page), result.GetValue(json));

static Command Command(string name, string description, Func<ParseResult, int> run)
{
    var command = new Command(name, description);
    command.SetAction(run);
    return command;
}
