using System.Globalization;
using Vae;
using Vae.Evaluation;
using Vae.Evaluation.Data;
using Vae.Evaluation.Studies;

if (args.Length < 2)
{
    Console.Error.WriteLine("Usage: Vae.Evaluation DATA-FOLDER embeddings [--tables a,b] [--dimensions 2,8] [--folds 5] [--candidate \"name: Option=Value …\"]…");
    return 1;
}

var line = new CommandLine(args);
var methods = new List<Method>();
foreach (string text in line.All("candidate"))
{
    int colon = text.IndexOf(':', StringComparison.Ordinal);
    string name = text[..colon];
    methods.Add(name == "PCA" ? new Method(name, null) : new Method(name, OptionText.Apply(new VaeOptions(), text[(colon + 1)..])));
}

foreach (string name in line.List("tables", "wine", "breast_cancer", "digits", "credit_g", "adult"))
{
    var table = Dataset.Load(line.Folder, name);
    var folds = Fold.Of(table, 5).Take(line.Numbers("folds", 5)[0]).ToArray();
    foreach (int dimension in line.Numbers("dimensions", 2, 8))
    {
        foreach (var method in methods)
        {
            var result = EmbeddingStudy.Run(table, folds, dimension, method);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{name,-13} {dimension} {method.Name,-22} kNN {result.Of(fold => fold.Neighbours).Text("0.000")}  LR {result.Of(fold => fold.Logistic).Text("0.000")}  ARI {result.Of(fold => fold.Clusters).MeanText("0.000")}  AU {result.Of(fold => fold.ActiveUnits).MeanText("0.0")}  KL {result.Of(fold => fold.KullbackLeibler).MeanText("0.00")}  loss {result.Of(fold => fold.Loss).MeanText("0.00")}  s {result.Of(fold => fold.NoiseScale).MeanText("0.000")}  R2 {result.Of(fold => fold.Explained).MeanText("0.000")}  ep {result.Of(fold => fold.Epochs).MeanText("0")}  {result.Of(fold => fold.Seconds).MeanText("0.00")} s"));
        }
    }
}

return 0;
