using System.Text.Json;
using Vae.Data;
using Vae.Tests.Reference;

namespace Vae.Tests.Fixtures;

/// <summary>A file that test/fixtures/make_fixtures.py has written: a problem, and what PyTorch makes of it.</summary>
internal sealed class GradientFixture
{
    private readonly JsonElement _root;

    private GradientFixture(JsonElement root)
    {
        _root = root;
        Problem = ReadProblem();
    }

    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "fixtures");

    public ReferenceProblem Problem { get; }

    public ReferenceLosses Losses
    {
        get
        {
            var losses = _root.GetProperty("losses");
            return new ReferenceLosses(
                losses.GetProperty("loss").GetDouble(), losses.GetProperty("reconstruction").GetDouble(),
                losses.GetProperty("kullbackLeibler").GetDouble(), losses.GetProperty("regularizer").GetDouble());
        }
    }

    public static GradientFixture Load(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        return new GradientFixture(document.RootElement.Clone());
    }

    public JsonElement this[string name] => _root.GetProperty(name);

    /// <summary>The tensors of one property, by name.</summary>
    public Dictionary<string, double[]> Tensors(string property) =>
        _root.GetProperty(property).EnumerateObject().ToDictionary(entry => entry.Name, entry => Numbers(entry.Value));

    public static double[] Numbers(JsonElement array) =>
        [.. array.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? double.NaN : value.GetDouble())];

    private ReferenceProblem ReadProblem() => new()
    {
        Layout = ReadLayout(),
        Options = FixtureOptions.Read(_root.GetProperty("options")),
        Tensors = Tensors("tensors"),
        Buffers = Tensors("buffers"),
        Rows = [.. _root.GetProperty("rows").EnumerateArray().Select(Numbers)],
        RowWeights = Numbers(_root.GetProperty("weights")),
        Noise = [.. _root.GetProperty("noise").EnumerateArray().Select(Numbers)],
        Prior = [.. _root.GetProperty("prior").EnumerateArray().Select(Numbers)],
        TableRows = _root.GetProperty("tableRows").GetInt64(),
        Factor = _root.GetProperty("factor").GetDouble(),
    };

    private FeatureLayout ReadLayout()
    {
        var builder = new FeatureLayoutBuilder();
        foreach (var group in _root.GetProperty("layout").EnumerateArray())
            Add(builder, group);
        builder.Conditions();
        foreach (var group in _root.GetProperty("conditions").EnumerateArray())
            Add(builder, group);
        return builder.Build();
    }

    private static void Add(FeatureLayoutBuilder builder, JsonElement group)
    {
        string name = group.GetProperty("name").GetString()!;
        var slots = Enumerable.Range(0, group.GetProperty("length").GetInt32()).Select(i => $"{name}{i}");
        switch (Enum.Parse<FeatureKind>(group.GetProperty("kind").GetString()!))
        {
            case FeatureKind.Numeric: builder.Numeric(name, slots); break;
            case FeatureKind.Binary: builder.Binary(name, slots); break;
            default: builder.OneHot(name, slots); break;
        }
    }
}
