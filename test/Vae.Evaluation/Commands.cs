using Vae.Evaluation.Data;
using Vae.Evaluation.Studies;
using Vae.Features;

namespace Vae.Evaluation;

/// <summary>What the program can be told to do.</summary>
internal sealed class Commands(CommandLine line)
{
    private readonly string? _page = line.All("page").LastOrDefault();

    /// <summary>Embeddings of held-out rows, from the methods that the command line names or from all objectives.</summary>
    public void Embeddings()
    {
        string[] texts = line.All("candidate");
        var named = texts.Select(Parse).ToArray();
        WriteEmbeddings(table => named.Length > 0 ? named : ObjectiveMethods.For(table.Layout.Groups.Any(group => group.Kind == FeatureKind.OneHot)));
    }

    /// <summary>The candidates for the library's defaults.</summary>
    public void Defaults() => WriteEmbeddings(_ => Candidates.All);

    /// <summary>Anomaly scores after training on contaminated rows.</summary>
    public void Contamination()
    {
        int seeds = line.Numbers("seeds", 5)[0];
        var lines = new List<string>();
        foreach (string name in line.List("tables", "anomaly_annthyroid", "anomaly_cardio"))
        {
            var table = Dataset.Load(line.Folder, name);
            lines.AddRange(
            [
                "", $"**{name}**", "",
                $"| anomalies in training | {string.Join(" | ", ContaminationStudy.Methods.Select(method => method.Name))} |",
                $"| ---: |{string.Concat(ContaminationStudy.Methods.Select(_ => " --- |"))}",
            ]);
            foreach (int percentage in ContaminationStudy.Percentages)
            {
                var areas = ContaminationStudy.Methods.Select(method => ContaminationStudy.Run(table, method.Options!, percentage, seeds).Text("0.000"));
                lines.Add($"| {percentage}% | {string.Join(" | ", areas)} |");
                Console.Error.WriteLine($"{name} {lines[^1]}");
            }
        }

        Page.Write(_page, line.Command, lines);
    }

    private static Method Parse(string text)
    {
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) throw new ArgumentException($"'{text}' is not of the form name: Option=Value …");
        return new Method(text[..colon], OptionText.Apply(new VaeOptions(), text[(colon + 1)..]));
    }

    private void WriteEmbeddings(Func<Dataset, IEnumerable<Method>> methods)
    {
        foreach (string name in line.List("tables", "wine", "breast_cancer", "digits", "credit_g", "adult"))
        {
            var table = Dataset.Load(line.Folder, name);
            var folds = Fold.Of(table, 5).Take(line.Numbers("folds", 5)[0]).ToArray();
            var lines = new List<string>();
            foreach (int dimension in line.Numbers("dimensions", 2, 8))
            {
                lines.AddRange(EmbeddingTable.Title(name, dimension, folds.Length));
                foreach (var method in methods(table))
                {
                    lines.Add(EmbeddingTable.Row(EmbeddingStudy.Run(table, folds, dimension, method)));
                    Console.Error.WriteLine($"{name} {dimension} {lines[^1]}");
                }
            }

            Page.Write(_page, $"{line.Command} {name}", lines);
        }
    }
}
