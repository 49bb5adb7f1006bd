using System.Globalization;
using Vae.Data;
using Vae.Evaluation.Data;
using Vae.Evaluation.Studies;
using Vae.Options;
using Vae.Samples;
using Vae.Testing;

namespace Vae.Evaluation;

/// <summary>What the program can be told to do.</summary>
internal static class Commands
{
    /// <summary>What each method makes of held-out rows in some dimensions.</summary>
    /// <param name="study">What the page calls it.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="methods">The methods for a table.</param>
    /// <param name="dimensions">The dimensions of the embeddings.</param>
    /// <param name="folds">How many of the five folds to run.</param>
    /// <param name="page">The page, or null for the console.</param>
    public static void Embeddings(
        string study, IEnumerable<LabelledTable> tables, Func<LabelledTable, IEnumerable<Method>> methods, int[] dimensions, int folds,
        string? page)
    {
        foreach (var table in tables)
        {
            var chosen = Fold.Of(table, 5).Take(folds).ToArray();
            var lines = new List<string>();
            foreach (int dimension in dimensions)
            {
                lines.AddRange(EmbeddingTable.Title(table.Name, dimension, chosen.Length));
                foreach (var method in methods(table))
                {
                    lines.Add(EmbeddingTable.Row(EmbeddingStudy.Run(table, chosen, dimension, method)));
                    Console.Error.WriteLine($"{table.Name} {dimension} {lines[^1]}");
                }
            }

            MarkdownPage.Write(page, $"{study} {table.Name}", lines);
        }
    }

    /// <summary>k-NN and k-means in the embeddings of the same models in either scale, beside PCA.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="dimensions">The dimensions of the embeddings.</param>
    /// <param name="folds">How many of the five folds to run.</param>
    /// <param name="seeds">The number of trainings on each fold.</param>
    /// <param name="page">The page, or null for the console.</param>
    public static void Scales(IEnumerable<LabelledTable> tables, int[] dimensions, int folds, int seeds, string? page)
    {
        List<string> lines =
        [
            "| | k | k-NN: PCA | prior | data | data − prior | ARI: PCA | prior | data |",
            "| --- | ---: | ---: | ---: | ---: | --- | ---: | ---: | ---: |",
        ];
        foreach (var table in tables)
        {
            var chosen = Fold.Of(table, 5).Take(folds).ToArray();
            foreach (int dimension in dimensions)
            {
                var results = EmbeddingScaleStudy.Run(chosen, dimension, seeds);
                var (prior, data) = (results[1].Neighbours, results[2].Neighbours);
                var difference = new Measurement([.. data.Zip(prior, (after, before) => after - before)]);
                string neighbours = string.Join(" | ", results.Select(result => new Measurement(result.Neighbours).MeanText("0.000")));
                string clusters = string.Join(" | ", results.Select(result => new Measurement(result.Clusters).MeanText("0.000")));
                string gain = FormattableString.Invariant($"{difference.Mean:+0.000;−0.000} ± {difference.StandardError:0.000}");
                lines.Add($"| {table.Name} | {dimension} | {neighbours} | {gain} | {clusters} |");
                Console.Error.WriteLine(lines[^1]);
            }
        }

        MarkdownPage.Write(page, "scales", lines);
    }

    /// <summary>What a classifier on an old embedding loses by each way of retraining, and what one on the new embedding has.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="dimensions">The dimensions of the embeddings.</param>
    /// <param name="seeds">The number of splits and trainings.</param>
    /// <param name="page">The page, or null for the console.</param>
    public static void Retraining(IEnumerable<LabelledTable> tables, int[] dimensions, int seeds, string? page)
    {
        List<string> lines =
        [
            "| | k | retrained | old embedding | frozen | frozen − old | fitted anew | score |",
            "| --- | ---: | --- | ---: | ---: | --- | ---: | ---: |",
        ];
        foreach (var table in tables)
        {
            foreach (int dimension in dimensions)
            {
                var splits = Enumerable.Range(1, seeds).Select(seed => RetrainingStudy.Run(table, dimension, seed)).ToArray();
                for (int way = 0; way < RetrainingStudy.Ways.Count; way++)
                {
                    int i = way;
                    string Mean(Func<RetrainingStudy.Split, double> value, string format) =>
                        new Measurement(Array.ConvertAll(splits, split => value(split))).MeanText(format);
                    var loss = new Measurement(Array.ConvertAll(splits, split => split.Frozen[i] - split.Old));
                    lines.Add(
                        $"| {table.Name} | {dimension} | {RetrainingStudy.Ways[i].Name} | {Mean(split => split.Old, "0.000")} "
                        + $"| {Mean(split => split.Frozen[i], "0.000")} "
                        + FormattableString.Invariant($"| {loss.Mean:+0.000;−0.000} ± {loss.StandardError:0.000} ")
                        + $"| {Mean(split => split.Refitted[i], "0.000")} | {Mean(split => split.Divergence[i], "0.00")} |");
                    Console.Error.WriteLine(lines[^1]);
                }
            }
        }

        MarkdownPage.Write(page, "retraining", lines);
    }

    /// <summary>The anomaly scores of each method after training on contaminated rows.</summary>
    /// <param name="name">What the command line and the page call the tables: <see cref="ContaminationStudy.Tables"/>.</param>
    /// <param name="tables">The tables.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="percentages">The parts of the anomalies that are in the training rows.</param>
    /// <param name="seeds">The number of trainings.</param>
    /// <param name="page">The page, or null for the console.</param>
    public static void Contamination(
        string name, LabelledTable[] tables, IReadOnlyList<Method> methods, int[] percentages, int seeds, string? page)
    {
        List<string> lines =
        [
            $"**{name}**", "",
            $"| anomalies in training | {string.Join(" | ", methods.Select(method => method.Name))} |",
            $"| ---: |{string.Concat(methods.Select(_ => " --- |"))}",
        ];
        foreach (int percentage in percentages)
        {
            var areas = methods.Select(method => ContaminationStudy.Run(tables, method.Options!, percentage, seeds).Text("0.000"));
            lines.Add($"| {percentage}% | {string.Join(" | ", areas)} |");
            Console.Error.WriteLine($"{name} {lines[^1]}");
        }

        MarkdownPage.Write(page, $"contamination {name}", lines);
    }

    /// <summary>Loss and time of each batch size.</summary>
    /// <param name="name">What the page calls the table.</param>
    /// <param name="rows">The table.</param>
    /// <param name="seeds">The number of trainings.</param>
    /// <param name="page">The page, or null for the console.</param>
    public static void LongTable(string name, MatrixRows rows, int seeds, string? page)
    {
        List<string> lines =
        [
            $"**{name}**", "", "| start | batch | epochs | validation loss | processor seconds |", "| --- | ---: | ---: | --- | ---: |",
        ];
        foreach (var (start, batch, epochs) in LongTableStudy.Candidates)
        {
            var runs = Enumerable.Range(1, seeds).Select(seed => LongTableStudy.Run(rows, start, batch, epochs, seed)).ToList();
            string losses = string.Join(", ", runs.Select(run => FormattableString.Invariant($"{run.Loss:0.00}")));
            double seconds = runs.Average(run => run.Time.TotalSeconds);
            lines.Add(FormattableString.Invariant($"| {start} | {batch} | {epochs} | {losses} | {seconds:0} |"));
            Console.Error.WriteLine($"{name} {lines[^1]}");
        }

        MarkdownPage.Write(page, $"long-tables {name}", lines);
    }

    /// <summary>The ELBO of held-out rows by the number of training rows.</summary>
    /// <param name="name">What the page calls the table.</param>
    /// <param name="rows">The table.</param>
    /// <param name="strata">The stratum of each row, of which each training has its share.</param>
    /// <param name="counts">The numbers of training rows; those that the table does not have are left out.</param>
    /// <param name="seeds">The number of splits and trainings.</param>
    /// <param name="page">The page, or null for the console.</param>
    public static void LearningCurve(string name, MatrixRows rows, int[] strata, int[] counts, int seeds, string? page)
    {
        List<string> lines =
        [
            $"**{name}**", "", "| training rows | ELBO of held-out rows, nats per row | processor seconds |", "| ---: | --- | ---: |",
        ];
        foreach (int count in counts.Where(count => count <= LearningCurveStudy.LargestCount(rows.Count)))
        {
            var runs = Enumerable.Range(1, seeds).Select(seed => LearningCurveStudy.Run(rows, strata, count, seed)).ToList();
            string elbo = new Measurement([.. runs.Select(run => run.Elbo)]).Text("0.00");
            double seconds = runs.Average(run => run.Time.TotalSeconds);
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"| {count:N0} | {elbo} | {seconds:0} |"));
            Console.Error.WriteLine($"{name} {lines[^1]}");
        }

        MarkdownPage.Write(page, $"learning-curve {name}", lines);
    }

    /// <summary>The anomaly scores of each method, by table.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="seeds">The number of splits and trainings.</param>
    /// <param name="page">The page, or null for the console.</param>
    public static void Detection(IReadOnlyList<LabelledTable> tables, IEnumerable<DetectionMethod> methods, int seeds, string? page)
    {
        List<string> lines =
        [
            $"| | training rows | mean | {string.Join(" | ", tables.Select(table => table.Name))} |",
            $"| --- | --- | --- |{string.Concat(tables.Select(_ => " ---: |"))}",
        ];
        foreach (var method in methods)
        {
            foreach (bool clean in (bool[])[false, true])
            {
                double[] areas = [.. tables.Select(table => DetectionStudy.Areas(table, method.Options, clean, seeds).Average())];
                string cells = string.Join(" | ", areas.Select(area => area.ToString("0.000", CultureInfo.InvariantCulture)));
                string rows = clean ? "normal" : "as they are";
                lines.Add($"| {method.Name} | {rows} | {new Measurement(areas).MeanText("0.000")} | {cells} |");
                Console.Error.WriteLine(lines[^1]);
            }
        }

        MarkdownPage.Write(page, "detection", lines);
    }

    /// <summary>How well wrong values are found, and how many values of new rows are in their intervals.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="seeds">The number of splits and trainings.</param>
    /// <param name="page">The page, or null for the console.</param>
    public static void Repairs(IReadOnlyList<LabelledTable> tables, int seeds, string? page)
    {
        string[] columns = [.. RepairStudy.Columns];
        List<string> lines =
            [$"| | wrong | {string.Join(" | ", columns)} |", $"| --- | --- |{string.Concat(columns.Select(_ => " ---: |"))}"];
        foreach (var table in tables)
        {
            bool isMixed = table.Layout.Features.Any(feature => feature.Kind == FeatureKind.OneHot);
            foreach (bool onlyNumbers in isMixed ? (bool[])[true, false] : [true])
            {
                for (int wrong = 1; wrong <= 3; wrong++)
                {
                    var cells = RepairStudy.Run(table, wrong, onlyNumbers, seeds).Select(measured => measured.Text("0.000"));
                    lines.Add($"| {table.Name} | {wrong} {(onlyNumbers ? "numbers" : "values")} | {string.Join(" | ", cells)} |");
                    Console.Error.WriteLine(lines[^1]);
                }
            }
        }

        MarkdownPage.Write(page, "repairs", lines);
        MarkdownPage.Write(page, "coverage", Coverage(tables, seeds));
    }

    private static List<string> Coverage(IReadOnlyList<LabelledTable> tables, int seeds)
    {
        var detector = new VaeOptions { InitialWeights = InitialWeightsKind.Random };
        (string Name, VaeOptions Options)[] methods =
        [
            ("a detector's model", detector),
            ("a noise scale per slot", detector with { NoiseScale = NoiseScaleOptions.Learned(perSlot: true) }),
            ("log-cosh", detector with { NumericLikelihood = NumericLikelihoodKind.LogCosh }),
            ("quantiles", detector with { Standardization = StandardizationMethod.Quantile }),
            ("an embedding's model", new VaeOptions()),
        ];
        List<string> lines =
        [
            $"| | {string.Join(" | ", methods.Select(method => method.Name))} |",
            $"| --- |{string.Concat(methods.Select(_ => " ---: |"))}",
        ];
        foreach (var table in tables)
        {
            foreach (var kind in table.Layout.Features.Select(feature => feature.Kind).Distinct().Order())
            {
                var cells = methods.Select(method => RepairStudy.Coverage(table, kind, method.Options, seeds).Text("0.000"));
                lines.Add($"| {table.Name}, {(kind == FeatureKind.Numeric ? "numbers" : "categories")} | {string.Join(" | ", cells)} |");
                Console.Error.WriteLine(lines[^1]);
            }
        }

        return lines;
    }

    /// <summary>Synthetic rows of each method against real ones.</summary>
    /// <param name="study">The table.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="seeds">The number of splits and trainings.</param>
    /// <param name="page">The page, or null for the console.</param>
    public static void NewRows(NewRowsStudy study, IEnumerable<NewRowsMethod> methods, int seeds, string? page)
    {
        List<string> lines =
        [
            $"**{study.Name}**", "",
            $"| | {string.Join(" | ", NewRowsStudy.Figures.Select(figure => figure.Name))} |",
            $"| --- |{string.Concat(NewRowsStudy.Figures.Select(_ => " --- |"))}",
        ];
        foreach (var method in methods)
        {
            var reports = Enumerable.Range(1, seeds).Select(seed => study.Run(method, seed)).ToList();
            string cells = string.Join(" | ", NewRowsStudy.Figures.Select(figure =>
                new Measurement([.. reports.Select(figure.Value)]).Text("0.000")));
            lines.Add($"| {method.Name} | {cells} |");
            Console.Error.WriteLine($"{study.Name} {lines[^1]}");
        }

        MarkdownPage.Write(page, $"new-rows {study.Name}", lines);
    }

    /// <summary>
    /// How near filled values are to deleted ones: a line of tab-separated values for each table, percentage, seed and method.
    /// </summary>
    /// <param name="tables">The tables.</param>
    /// <param name="methods">The methods.</param>
    /// <param name="percentages">The parts of the cells that are deleted.</param>
    /// <param name="seeds">The number of choices of deleted cells.</param>
    public static void FillGaps(
        IReadOnlyList<LabelledTable> tables, IEnumerable<ImputationMethod> methods, int[] percentages, int seeds)
    {
        foreach (int seed in Enumerable.Range(1, seeds))
        {
            foreach (var (table, percentage, method) in tables.SelectMany(
                table => percentages.SelectMany(percentage => methods.Select(method => (table, percentage, method)))))
            {
                var error = ImputationStudy.Run(table, percentage, seed, method);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{table.Name}\t{percentage}\t{seed}\t{method.Name}\t{error.Numbers:0.0000}\t{error.Categories:0.0000}"));
            }
        }
    }

    /// <summary>The objectives for a table.</summary>
    public static IEnumerable<Method> Objectives(LabelledTable table) =>
        ObjectiveMethods.For(table.Layout.Groups.Any(group => group.Kind == FeatureKind.OneHot));
}
