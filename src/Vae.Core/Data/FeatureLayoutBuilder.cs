namespace Vae.Data;

/// <summary>Builds a <see cref="FeatureLayout"/> group by group, in slot order.</summary>
/// <example><code>
/// var layout = new FeatureLayoutBuilder()
///     .Numeric("age").Numeric("income")
///     .OneHot("housing", "own", "rent", "free")
///     .Binary("telephone")
///     .Build();
/// </code></example>
public sealed class FeatureLayoutBuilder
{
    private const string NoText = "has half of a surrogate pair, which no file keeps.";

    private readonly List<FeatureGroup> _groups = [];
    private readonly List<FeatureGroup> _conditions = [];
    private bool _inConditions;
    private int _next;

    /// <summary>Everything that is added after this call is a condition: given to encoder and decoder, never reconstructed.</summary>
    public FeatureLayoutBuilder Conditions()
    {
        _inConditions = true;
        return this;
    }

    /// <summary>Adds one numeric slot.</summary>
    /// <param name="name">The name of the column and of its slot.</param>
    public FeatureLayoutBuilder Numeric(string name) => Add(name, FeatureKind.Numeric, [name]);

    /// <summary>Adds <paramref name="count"/> numeric slots, named <paramref name="name"/> with a number behind.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="count">The number of slots; at least 1.</param>
    public FeatureLayoutBuilder Numeric(string name, int count) => Add(name, FeatureKind.Numeric, Numbered(name, count));

    /// <summary>Adds numeric slots with names of their own.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="slotNames">One name per slot.</param>
    public FeatureLayoutBuilder Numeric(string name, IEnumerable<string> slotNames) => Add(name, FeatureKind.Numeric, [.. slotNames]);

    /// <summary>Adds one binary slot.</summary>
    /// <param name="name">The name of the column and of its slot.</param>
    public FeatureLayoutBuilder Binary(string name) => Add(name, FeatureKind.Binary, [name]);

    /// <summary>Adds binary slots with names of their own.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="slotNames">One name per slot.</param>
    public FeatureLayoutBuilder Binary(string name, IEnumerable<string> slotNames) => Add(name, FeatureKind.Binary, [.. slotNames]);

    /// <summary>Adds the slots of one categorical value.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="categories">One category per slot.</param>
    public FeatureLayoutBuilder OneHot(string name, params IEnumerable<string> categories) =>
        Add(name, FeatureKind.OneHot, [.. categories]);

    /// <summary>Adds the <paramref name="count"/> slots of one categorical value, named with a number behind.</summary>
    /// <param name="name">The name of the column.</param>
    /// <param name="count">The number of categories; at least 1.</param>
    public FeatureLayoutBuilder OneHot(string name, int count) => Add(name, FeatureKind.OneHot, Numbered(name, count));

    /// <summary>The layout of all groups added so far.</summary>
    /// <exception cref="InvalidOperationException">No modelled group has been added.</exception>
    public FeatureLayout Build() => _groups.Count > 0
        ? new FeatureLayout([.. _groups], [.. _conditions])
        : throw new InvalidOperationException("A layout needs at least one numeric, binary or one-hot group besides its conditions.");

    internal FeatureLayoutBuilder Add(string name, FeatureKind kind, string[] slotNames)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (slotNames.Length == 0) throw new ArgumentException($"The group '{name}' has no slots.", nameof(slotNames));
        if (!IsText(name)) throw new ArgumentException($"The name of the group '{name}' {NoText}", nameof(name));
        int odd = Array.FindIndex(slotNames, slot => !IsText(slot));
        if (odd >= 0)
        {
            var message = FormattableString.Invariant($"The name '{slotNames[odd]}' of slot {odd} of the group '{name}' {NoText}");
            throw new ArgumentException(message, nameof(slotNames));
        }

        (_inConditions ? _conditions : _groups).Add(new FeatureGroup(name, kind, _next, slotNames));
        _next += slotNames.Length;
        return this;
    }

    private static bool IsText(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        for (int i = 0; i < name.Length; i++)
        {
            if (!char.IsSurrogate(name[i])) continue;
            if (!char.IsSurrogatePair(name, i)) return false;
            i++;
        }

        return true;
    }

    private static string[] Numbered(string name, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{name}{i}"))];
    }
}
