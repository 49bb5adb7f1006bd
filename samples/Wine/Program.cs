using System.Diagnostics;
using Vae.Data;
using Vae.Reports;
using Vae.Samples;
using Vae.Samples.Wine;

// Usage: Wine [wine.html]
const int folds = 5;
var path = args.Length > 0 ? args[0] : Path.Combine("artifacts", "wine.html");

var table = LabelledTable.Read(Path.Combine(AppContext.BaseDirectory, "wine.csv"));
var foldOfRow = StratifiedFolds.Assign(table.Labels, folds, seed: 1);
bool[] InFold(int fold) => [.. foldOfRow.Select(other => other == fold)];

// One model to look at. It never sees the cultivars, nor the wines of the first fold.
var heldOut = InFold(0);
var trained = heldOut.Count(held => !held);
Console.WriteLine($"Training on {trained} of {heldOut.Length} wines, {table.Layout.RowWidth} measurements each, into 2 dimensions:");
var watch = Stopwatch.StartNew();
var shown = Fold.Train(table, heldOut, new ConsoleProgress());
var history = shown.Model.History;
Console.WriteLine();
Console.WriteLine($"Trained {history.Epochs.Count} epochs in {watch.Elapsed.TotalSeconds:0.0} s and kept epoch {history.BestEpoch}.");
Console.WriteLine();
Console.WriteLine(shown.Model.Diagnosis);

// One model for each fold, to classify every wine from an embedding that was learned without it.
Console.WriteLine();
Console.Write($"Cross-validating with {folds} folds ... ");
watch.Restart();
Fold[] all = [shown, .. Enumerable.Range(1, folds - 1).Select(fold => Fold.Train(table, InFold(fold), progress: null))];
var wines = (double)table.Labels.Length;
var ofVae = all.Sum(fold => fold.CountCorrect(fold.Embedding, table.Labels)) / wines;
var ofPrincipal = all.Sum(fold => fold.CountCorrect(fold.Principal, table.Labels)) / wines;
Console.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s");
Console.WriteLine();
Console.WriteLine("Cultivars told by the 5 nearest neighbours in 2 dimensions, for wines that were not trained on:");
Console.WriteLine($"  VAE {ofVae,7:P1}");
Console.WriteLine($"  PCA {ofPrincipal,7:P1}");

// The cultivars are columns beside the rows: the page colours by them, the model does not know them.
var beside = new Dictionary<string, IReadOnlyList<string>>
{
    ["cultivar"] = [.. table.Labels.Select(label => $"Cultivar {label + 1}")],
    ["in training"] = [.. heldOut.Select(held => held ? "no" : "yes")],
};
shown.Model.SaveReport(path, new MatrixRows(shown.Model.Layout, table.Values), new VaeReportOptions
{
    Title = "Wine in two latent dimensions",
    ColorBy = ["cultivar", "in training"],
}, beside);
Console.WriteLine();
Console.WriteLine($"The latent map, the dimensions and the loss curves: {Path.GetFullPath(path)}");
