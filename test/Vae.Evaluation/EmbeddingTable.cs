using System.Globalization;
using Vae.Evaluation.Studies;

namespace Vae.Evaluation;

/// <summary>Results of an <see cref="EmbeddingStudy"/> as Markdown.</summary>
internal static class EmbeddingTable
{
    public static IEnumerable<string> Title(string table, int dimension, int folds) =>
    [
        "", string.Create(CultureInfo.InvariantCulture, $"**{table}, k = {dimension}**{(folds == 1 ? " (the first fold alone)" : "")}"), "",
        "| | k-NN | logistic regression | ARI | log p(x) | active | KL | noise | epochs | seconds |",
        "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ];

    public static string Row(EmbeddingResult result) =>
        $"| {result.Method.Name} | {result.Of(fold => fold.Neighbours).Text("0.000")} | {result.Of(fold => fold.Logistic).Text("0.000")} "
        + $"| {result.Of(fold => fold.Clusters).MeanText("0.000")} | {result.Of(fold => fold.LogLikelihood).MeanText("0.0")} "
        + $"| {result.Of(fold => fold.ActiveUnits).MeanText("0.0")} | {result.Of(fold => fold.KullbackLeibler).MeanText("0.0")} "
        + $"| {result.Of(fold => fold.NoiseScale).MeanText("0.00")} | {result.Of(fold => fold.Epochs).MeanText("0")} "
        + $"| {result.Of(fold => fold.Seconds).MeanText("0.0")} |";
}
