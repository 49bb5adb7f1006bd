using System.Text.Json;
using System.Text.Json.Nodes;
using Vae.Options;

namespace Vae.Persistence;

/// <summary>
/// <see cref="VaeOptions"/> as JSON. Every option is written, whether it has its default or not, so that a later default changes no old
/// model. On reading, an option that the file lacks, because it is younger than the file, takes what was done before
/// there was the option: its default, or what <see cref="BeforeOptions"/> has.
/// </summary>
internal static class OptionsJson
{
    /// <summary>
    /// One instance, with all defaults, of every record that an option can hold: what an older file's record is completed from. A record
    /// here has a name in its base record's list of derived types.
    /// </summary>
    public static IReadOnlyList<VaeOptions> Examples { get; } =
    [
        .. NoiseScaleOptions.Kinds.Select(kind => new VaeOptions { NoiseScale = kind }),
        .. RegularizerOptions.Kinds.Select(kind => new VaeOptions { Regularizer = kind }),
        .. WeightSchedule.Kinds.Select(kind => new VaeOptions { RegularizerSchedule = kind }),
    ];

    /// <summary>What was done before there was an option, where that is not its default.</summary>
    private static readonly VaeOptions BeforeOptions = new() { InitialWeights = InitialWeightsKind.Random };

    private static readonly Lazy<Dictionary<string, JsonObject>> Records = new(() =>
        Examples.SelectMany(example => Write(example)).Where(member => member.Value is JsonObject)
            .DistinctBy(member => Key(member.Key, (JsonObject)member.Value!))
            .ToDictionary(member => Key(member.Key, (JsonObject)member.Value!), member => (JsonObject)member.Value!));

    /// <summary>All options.</summary>
    public static JsonObject Write(VaeOptions options) =>
        JsonSerializer.SerializeToNode(options, HeaderJson.Default.VaeOptions)!.AsObject();

    /// <summary>The options of a file, completed with defaults; not yet validated.</summary>
    /// <exception cref="JsonException">They hold what cannot be, or what this version does not know.</exception>
    /// <exception cref="NotSupportedException">A record's kind is missing.</exception>
    public static VaeOptions Read(JsonObject options)
    {
        foreach (var (name, value) in options)
        {
            if (value is JsonObject record && Records.Value.TryGetValue(Key(name, record), out var example)) Complete(record, example);
        }

        Complete(options, Write(BeforeOptions));
        return options.Deserialize(HeaderJson.Default.VaeOptions)!;
    }

    private static void Complete(JsonObject target, JsonObject defaults)
    {
        foreach (var (name, value) in defaults)
        {
            if (!target.ContainsKey(name)) target.Add(name, value?.DeepClone());
        }
    }

    private static string Key(string option, JsonObject record) => option + ": " + record["$type"];
}
