using Vae.Data;
using Vae.Evaluation.Data;
using Vae.Evaluation.Studies;
using Vae.Options;
using Vae.Testing;

namespace Vae.Evaluation;

/// <summary>What the program can be told to do.</summary>
internal sealed class Commands(CommandLine line)
{
    private readonly string? _page = line.All("page").LastOrDefault();

    /// <summary>Embeddings of held-out rows, from the methods that the command line names or from all objectives.</summary>
    public void Embeddings()
    {
        var named = Candidates();
        WriteEmbeddings(table => named.Length > 0 ? named : ObjectiveMethods.For(table.Layout.Groups.Any(group => group.Kind == FeatureKind.OneHot)));
    }

    /// <summary>The candidates for the library's defaults.</summary>
    public void Defaults() => WriteEmbeddings(_ => Studies.Candidates.All);

    /// <summary>Anomaly scores after training on contaminated rows, from the methods that the command line names or from those of the study.</summary>
    public void Contamination()
    {
        var methods = Candidates() is { Length: > 0 } named ? named : ContaminationStudy.Methods;
        int seeds = line.Numbers("seeds", 5)[0];
        foreach (string name in line.List("tables", "anomaly_annthyroid", "anomaly_cardio", "breast_cancer:malignant", "digits:*"))
        {
            var tables = ContaminationStudy.Tables(line.Folder, name);
            List<string> lines =
            [
                $"**{name}**", "",
                $"| anomalies in training | {string.Join(" | ", methods.Select(method => method.Name))} |",
                $"| ---: |{string.Concat(methods.Select(_ => " --- |"))}",
            ];
            foreach (int percentage in line.Numbers("percentages", ContaminationStudy.Percentages))
            {
                var areas = methods.Select(method => ContaminationStudy.Run(tables, method.Options!, percentage, seeds).Text("0.000"));
                lines.Add($"| {percentage}% | {string.Join(" | ", areas)} |");
                Console.Error.WriteLine($"{name} {lines[^1]}");
            }

            MarkdownPage.Write(_page, $"{line.Command} {name}", lines);
        }
    }

    private Method[] Candidates() => Array.ConvertAll(line.All("candidate"), Parse);

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

            MarkdownPage.Write(_page, $"{line.Command} {name}", lines);
        }
    }
}
