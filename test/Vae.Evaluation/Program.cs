using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Vae.Data;
using Vae.Evaluation;
using Vae.Evaluation.Studies;
using Vae.Options;
using Vae.Samples;
using Vae.Testing;

var folder = new Argument<DirectoryInfo>("data-folder") { Description = "Where the CSV files are." }.AcceptExistingOnly();
var page = new Option<string?>("--page") { Description = "A Markdown page whose sections take the tables; else they are printed." };
var tables = new Option<string[]>("--tables") { Description = "Names of files without .csv.", CustomParser = List };
var dimensions = new Option<int[]>("--dimensions") { CustomParser = Numbers, DefaultValueFactory = _ => [2, 8] };
var folds = new Option<int>("--folds") { Description = "How many of the five.", DefaultValueFactory = _ => 5 };
var seeds = new Option<int>("--seeds") { DefaultValueFactory = _ => 5 };
var percentages = new Option<int[]>("--percentages") { CustomParser = Numbers, DefaultValueFactory = _ => ContaminationStudy.Percentages };
var shares = new Option<int[]>("--percentages") { CustomParser = Numbers, DefaultValueFactory = _ => [10, 30, 50] };
var rowCounts = new Option<int[]>("--rows")
{
    Description = "Numbers of training rows.",
    CustomParser = Numbers,
    DefaultValueFactory = _ => LearningCurveStudy.RowCounts,
};
var named = new Option<string[]>("--method") { Description = "The name of a method, once or more, instead of all." };
var output = new Option<DirectoryInfo>("--output") { Description = "Where the embeddings go.", Required = true };
var candidates = new Option<string[]>("--candidate")
{
    Description = "\"name: Option=Value …\", once or more, instead of the study's own methods.",
};

var mostRows = new Option<int>("--rows") { Description = "The largest number of rows of a table.", DefaultValueFactory = _ => 6_000 };

return new RootCommand("Studies of the library on tables with classes.")
{
    folder,
    Study("embeddings", "Embeddings of held-out rows, by every objective.", [dimensions, folds, candidates], result =>
        Embeddings(result, "embeddings", Methods(result) is { Length: > 0 } named ? _ => named : Commands.Objectives)),
    Study("defaults", "The candidates for the library's defaults.", [dimensions, folds], result =>
        Embeddings(result, "defaults", _ => Candidates.All)),
    Study("scales", "Embeddings in units of the prior and of the data.", [dimensions, folds, seeds], Scales),
    Study("retraining", "A classifier on an old embedding, after retraining with a column and rows more.", [dimensions, seeds], Retraining),
    Study("long-tables", "Batch sizes, on adult and on a made table of 200,000 rows.", [seeds], LongTables),
    Study("repairs", "Wrong values found, and how many values are in their intervals.", [seeds], Repairs),
    Study("learning-curve", "The ELBO by the number of training rows, on adult and on a made table.", [seeds, rowCounts], LearningCurve),
    Study("detection", "Detectors, trained on rows as they are and on normal ones.", [seeds, named], Detection),
    Study("fill-gaps", "Deleted cells, filled; lines for fill_gaps_table.py.", [seeds, shares, named], FillGaps),
    Study("export", "Embeddings as CSV files, for embedding_peers.py.", [dimensions, seeds, candidates, output], Export),
    Study("contamination", "Anomaly scores after training on contaminated rows.", [seeds, percentages, candidates], Contamination),
    Study("new-rows", "Synthetic rows against real ones, beside simple peers.", [seeds, mostRows, candidates], NewRows),
}.Parse(args).Invoke();

Command Study(string name, string description, Option[] options, Action<ParseResult> run)
{
    var command = new Command(name, description);
    foreach (var option in (Option[])[page, tables, .. options])
        command.Options.Add(option);
    command.SetAction(run);
    return command;
}

void Embeddings(ParseResult result, string study, Func<LabelledTable, IEnumerable<Method>> methods)
{
    var chosen = (result.GetValue(tables) ?? ["wine", "breast_cancer", "digits", "credit_g", "adult"])
        .Select(name => LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv")));
    Commands.Embeddings(study, chosen, methods, result.GetValue(dimensions)!, result.GetValue(folds), result.GetValue(page));
}

void Export(ParseResult result)
{
    var target = result.GetValue(output)!;
    target.Create();
    foreach (string name in result.GetValue(tables) ?? [])
    {
        var table = LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv"));
        foreach (var method in Methods(result))
        {
            foreach (int dimension in result.GetValue(dimensions)!)
            {
                EmbeddingExport.Run(table, method, dimension, result.GetValue(seeds), target.FullName);
                Console.Error.WriteLine($"{name} {method.Name} {dimension}");
            }
        }
    }
}

void Scales(ParseResult result) => Commands.Scales(
    (result.GetValue(tables) ?? ["wine", "breast_cancer", "digits", "credit_g", "adult"])
        .Select(name => LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv"))),
    result.GetValue(dimensions)!, result.GetValue(folds), result.GetValue(seeds), result.GetValue(page));

void Retraining(ParseResult result) => Commands.Retraining(
    (result.GetValue(tables) ?? ["wine", "breast_cancer", "digits", "credit_g"])
        .Select(name => LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv"))),
    result.GetValue(dimensions)!, result.GetValue(seeds), result.GetValue(page));

void LongTables(ParseResult result)
{
    foreach (string name in result.GetValue(tables) ?? ["adult", "made"])
    {
        var rows = name == "made" ? LongTableStudy.Made(200_000) : Rows(name);
        Commands.LongTable(name, rows, result.GetValue(seeds), result.GetValue(page));
    }

    MatrixRows Rows(string name)
    {
        var table = LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv"));
        return new MatrixRows(table.Layout, table.Values);
    }
}

void LearningCurve(ParseResult result)
{
    foreach (string name in result.GetValue(tables) ?? ["adult", "made"])
    {
        int made = LearningCurveStudy.RowCounts[^1] * 10 / 9 + 1;
        var table = name == "made" ? null : LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv"));
        var rows = table is null ? LongTableStudy.Made(made) : new MatrixRows(table.Layout, table.Values);
        int[] strata = table?.Labels ?? new int[rows.Count];
        Commands.LearningCurve(name, rows, strata, result.GetValue(rowCounts)!, result.GetValue(seeds), result.GetValue(page));
    }
}

void Contamination(ParseResult result)
{
    var methods = Methods(result) is { Length: > 0 } named ? named : ContaminationStudy.Methods;
    foreach (string name in result.GetValue(tables) ?? ["anomaly_annthyroid", "anomaly_cardio", "breast_cancer:malignant", "digits:*"])
    {
        Commands.Contamination(
            name, ContaminationStudy.Tables(result.GetValue(folder)!.FullName, name), methods,
            result.GetValue(percentages)!, result.GetValue(seeds), result.GetValue(page));
    }
}

void NewRows(ParseResult result)
{
    var methods = Methods(result) is { Length: > 0 } named
        ? Array.ConvertAll(named, method => NewRowsMethod.Vae(method.Name, method.Options!))
        : NewRowsMethod.All;
    foreach (string name in result.GetValue(tables) ?? ["adult", "anomaly_annthyroid", "wine", "digits"])
    {
        var table = LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv"));
        Commands.NewRows(
            new NewRowsStudy(table, result.GetValue(mostRows)), methods, result.GetValue(seeds), result.GetValue(page));
    }
}

void Detection(ParseResult result) => Commands.Detection(
    Array.ConvertAll(
        result.GetValue(tables) ?? ["anomaly_annthyroid", "anomaly_cardio"],
        name => LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv"))),
    DetectionStudy.Methods
        .Where(method => result.GetValue(named) is not { Length: > 0 } names || names.Contains(method.Name)),
    result.GetValue(seeds), result.GetValue(page));

void Repairs(ParseResult result) => Commands.Repairs(
    Array.ConvertAll(
        result.GetValue(tables) ?? ["wine", "credit_g"],
        name => LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv"))),
    result.GetValue(seeds), result.GetValue(page));

void FillGaps(ParseResult result) => Commands.FillGaps(
    Array.ConvertAll(
        result.GetValue(tables) ?? ["wine", "breast_cancer", "credit_g", "anomaly_cardio", "anomaly_annthyroid", "digits", "adult"],
        name => LabelledTable.Read(Path.Combine(result.GetValue(folder)!.FullName, name + ".csv"))),
    result.GetValue(named) is { Length: > 0 } names
        ? ImputationStudy.Methods.Where(method => names.Contains(method.Name))
        : ImputationStudy.Methods.Take(1),
    result.GetValue(shares)!, result.GetValue(seeds));

Method[] Methods(ParseResult result) => Array.ConvertAll(
    result.GetValue(candidates) ?? [],
    text => text.Split(':', 2) is [var name, var options]
        ? new Method(name, OptionText.Apply(new VaeOptions(), options))
        : throw new ArgumentException($"'{text}' is not of the form name: Option=Value …"));

static string[] List(ArgumentResult result) => [.. result.Tokens.SelectMany(token => token.Value.Split(','))];

static int[] Numbers(ArgumentResult result) => [.. List(result).Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
