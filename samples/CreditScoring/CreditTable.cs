using Microsoft.ML;
using Microsoft.ML.Data;

namespace Vae.Samples.CreditScoring;

/// <summary>The table of 1,000 applicants for credit.</summary>
internal static class CreditTable
{
    /// <summary>Reads the table; numbers as Single, categories as text, and Label for a bad risk.</summary>
    public static IDataView Read(MLContext mlContext, string path)
    {
        var columns = File.ReadLines(path).First().Split(',').Select((name, index) =>
            new TextLoader.Column(name, Numeric.Contains(name) ? DataKind.Single : DataKind.String, index)).ToArray();
        var table = mlContext.Data.LoadFromTextFile(path, columns, separatorChar: ',', hasHeader: true);
        var label = mlContext.Transforms.Expression("Label", "(risk) => risk == \"bad\"", "class").Fit(table);
        return mlContext.Data.Cache(label.Transform(table));
    }

    /// <summary>The columns with numbers.</summary>
    public static string[] Numeric { get; } =
        ["duration", "credit_amount", "installment_commitment", "residence_since", "age", "existing_credits", "num_dependents"];

    /// <summary>The columns with categories.</summary>
    public static string[] Categorical { get; } =
    [
        "checking_status", "credit_history", "purpose", "savings_status", "employment", "personal_status", "other_parties",
        "property_magnitude", "other_payment_plans", "housing", "job", "own_telephone", "foreign_worker",
    ];
}
