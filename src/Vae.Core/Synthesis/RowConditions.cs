using System.Globalization;
using Vae.Data;

namespace Vae.Synthesis;

/// <summary>What new rows must have in some columns, checked against a layout and the training rows' ranges.</summary>
internal sealed class RowConditions
{
    private const int MostNames = 20;

    private readonly Standardization _standardization;

    /// <exception cref="ArgumentException">A column or category is not there, or no training row could have the value.</exception>
    public RowConditions(FeatureLayout layout, Standardization standardization, IReadOnlyDictionary<string, object> where)
    {
        _standardization = standardization;
        Row = new float[layout.RowWidth];
        var conditions = layout.Conditions.SelectMany(Feature.Of).ToArray();
        Feature[] all = [.. layout.Features, .. conditions];
        foreach (var feature in all)
            feature.Of(Row.AsSpan()).Fill(float.NaN);
        var given = new HashSet<Feature>();
        foreach (var (name, value) in where)
        {
            var feature = Find(all, name);
            if (!given.Add(feature)) throw Invalid($"'{feature.Name}' is given twice.");
            Write(feature, value);
        }

        Modelled = [.. layout.Features.Where(given.Contains)];
        if (conditions.FirstOrDefault(feature => !given.Contains(feature)) is { } missing)
            throw Invalid($"The model is conditioned on '{missing.Name}': say what it is in the new rows.");
        Description = string.Join(", ", where.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key} = {pair.Value}")));
    }

    /// <summary>A row with the given values and NaN elsewhere.</summary>
    public float[] Row { get; }

    /// <summary>The modelled features that are given.</summary>
    public Feature[] Modelled { get; }

    /// <summary>The conditions in words.</summary>
    public string Description { get; }

    private static Feature Find(Feature[] all, string name)
    {
        if (all.FirstOrDefault(feature => feature.Name == name) is { } found) return found;
        var ending = all.Where(feature => feature.Name.EndsWith("." + name, StringComparison.Ordinal)).ToArray();
        if (ending.Length == 1) return ending[0];
        string problem = ending.Length > 1 ? $"Several columns are called '{name}'" : $"There is no column '{name}'";
        throw Invalid($"{problem}; the columns are {Names((ending.Length > 1 ? ending : all).Select(feature => feature.Name))}.");
    }

    private void Write(Feature feature, object value)
    {
        var slots = feature.Of(Row.AsSpan());
        if (feature.Kind == FeatureKind.OneHot)
        {
            string category = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            int index = feature.Categories.ToList().IndexOf(category);
            if (index < 0) throw Invalid($"'{feature.Name}' has no category '{category}', only {Names(feature.Categories)}.");
            slots.Clear();
            slots[index] = 1;
            return;
        }

        if (!TryNumber(value, out float number)) throw Invalid($"'{feature.Name}' is a {Word(feature)}, and '{value}' is none.");
        slots[0] = number;
        if (feature.Kind == FeatureKind.Binary && number is not (0 or 1))
            throw Invalid($"'{feature.Name}' is a yes/no, and '{value}' is neither.");
        if (_standardization.RangeOf(feature.Start) is not { } range || range.Nearest(number) == number) return;
        string grid = range.Decimals switch { SlotRange.NoGrid => "", 0 => " in whole numbers", _ => $" with {range.Decimals} decimals" };
        throw Invalid(string.Create(
            CultureInfo.InvariantCulture,
            $"'{feature.Name}' cannot be {number}: the training rows have {range.Smallest} to {range.Largest}{grid}."));
    }

    private static bool TryNumber(object value, out float number)
    {
        number = float.NaN;
        if (value is bool yes) number = yes ? 1 : 0;
        else if (value is IConvertible convertible and not string and not char) number = convertible.ToSingle(CultureInfo.InvariantCulture);
        return float.IsFinite(number);
    }

    private static string Word(Feature feature) => feature.Kind == FeatureKind.Binary ? "yes/no" : "number";

    private static string Names(IEnumerable<string> names)
    {
        string[] all = [.. names.Select(name => $"'{name}'")];
        return string.Join(", ", all.Take(MostNames)) + (all.Length > MostNames ? ", …" : "");
    }

    private static ArgumentException Invalid(string message, string option = nameof(SynthesisOptions.Where)) => new(message, option);
}
