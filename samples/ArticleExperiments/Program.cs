using System.Diagnostics;
using Vae.Samples;
using Vae.Samples.Article;
using Vae.Samples.Article.Page;
using Vae.Samples.Page;
using Vae.Training;
using Vae.Training.Managed;

// Usage: ArticleExperiments [folder]
const int folds = 5;
int[] seeds = [1, 2, 3];
var folder = args.Length > 0 ? args[0] : Path.Combine("artifacts", "article");

var table = LabelledTable.Read(Path.Combine(AppContext.BaseDirectory, "wine.csv"));
var foldOfRow = StratifiedFolds.Assign(table.Labels, folds, seed: 1);
Split[] splits = [.. Enumerable.Range(0, folds).Select(fold => new Split(table, [.. foldOfRow.Select(other => other == fold)]))];

var watch = Stopwatch.StartNew();
var principal = PrincipalRun.Of(splits);
Console.WriteLine($"{Experiments.All.Count} experiments, each trained with {seeds.Length} seeds on {folds} folds of {table.Count} wines");
Console.WriteLine();
Console.WriteLine("                     KL of each dimension   noise   k-NN held out   silhouette   log p(x)");
var runs = new List<RunData>();
foreach (var experiment in Experiments.All)
{
    // The one to look at, without the first fold; then all of them, for numbers that do not hang on one seed.
    var recorder = new FrameRecorder(splits[0]);
    var context = new TrainingContext { Snapshots = recorder };
    var model = new ManagedTrainer().Train(splits[0].Rows(experiment.Slipped), experiment.Options, context);
    var summary = Summary.Of(experiment, splits, seeds);
    runs.Add(RunData.From(experiment, model, summary, recorder.Frames[^1]));
    HtmlPage.Write(Path.Combine(folder, $"{experiment.Name}.html"), "experiment", $"{experiment.Title}, epoch by epoch",
        ExperimentPageData.From(experiment, splits[0], model, recorder.Frames));
    var divergences = string.Join("  ", model.Diagnosis.KullbackLeiblerPerDimension.Select(nats => $"{nats,8:0.00}"));
    Console.WriteLine($"{experiment.Title,-20} {divergences,-22} {model.NoiseScale,5:0.00} "
        + $"{summary.Accuracy,9:P1} ± {100 * summary.AccuracyDeviation:0.0} {summary.Silhouette,11:0.00} {summary.LogLikelihood,10:0.00}");
}

Console.WriteLine($"{"PCA",-20} {"",-22} {"",5} {principal.Accuracy,9:P1} {"",5} {principal.Silhouette,11:0.00}");
HtmlPage.Write(
    Path.Combine(folder, "index.html"), "index", "Nine ways to train one VAE", IndexPageData.From(splits[0], [.. runs], principal));
Console.WriteLine();
Console.WriteLine($"{watch.Elapsed.TotalSeconds:0} s. Open {Path.GetFullPath(Path.Combine(folder, "index.html"))}");
