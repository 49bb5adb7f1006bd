using System.Text;
using System.Text.Json.Nodes;
using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Tests.Persistence;
using Xunit;

namespace Vae.Tests.Trust;

/// <summary>
/// Model files with right lengths and a right checksum, whose headers announce much: loading or refusing one allocates at most ten times
/// the bytes of the file and a constant.
/// </summary>
public sealed class LoadingMemoryTests
{
    private const int Many = 100_000;

    private static readonly byte[] File = SmallModels.Bytes(SmallModels.Train());
    private static readonly byte[] Untrained = UntrainedModels.Bytes(SmallModels.Layout, SmallModels.Options);
    private static readonly VaeOptions Narrow = SmallModels.Options with { LatentDimension = 1, HiddenLayers = [1] };

    [Theory]
    [MemberData(nameof(Forgeries))]
    public void A_forged_header_is_refused_within_ten_times_the_size_of_its_file(string what, string path, Func<string> value)
    {
        byte[] forged = Forgery.WithHeaderText(File, Replace(path, value()));
        var (allocated, exception) = Load(forged);
        exception.Should().BeOfType<InvalidDataException>(what);
        allocated.Should().BeLessThan(LoadingMemory.Bound(forged.Length), what);
    }

    public static TheoryData<string, string, Func<string>> Forgeries() => new()
    {
        { "the same metric many times", "history.metrics", () => $$"""{"epochs":0,"columns":[{{Repeat("\"loss\"", Many)}}]}""" },
        { "empty options", "options", () => "{" + string.Join(",", Enumerable.Range(0, 200_000).Select(i => $"\"{i:x}\":{{}}")) + "}" },
        { "an option with a long name", "options", () => "{\"" + new string('x', 1_000_000) + "\":1}" },
        { "a kind with a long name", "options.noiseScale", () => "{\"$type\":\"" + new string('x', 1_000_000) + "\"}" },
        { "hidden layers", "options.hiddenLayers", () => "[" + Repeat("1", 1_000_000) + "]" },
        { "lists in options", "options.hiddenLayers", () => "[" + Repeat("[]", 1_000_000) + "]" },
        { "groups", "layout.groups", () => "[" + Repeat("{\"name\":\"a\",\"kind\":0,\"slots\":[\"a\"]}", Many) + "]" },
        { "groups without slots", "layout.groups", () => "[" + Repeat("{\"name\":\"a\",\"kind\":0,\"slots\":[]}", Many) + "]" },
        { "empty groups", "layout.groups", () => "[" + Repeat("{}", Many) + "]" },
        { "conditions", "layout.conditions", () => "[" + Repeat("{\"name\":\"a\",\"kind\":0,\"slots\":[\"a\"]}", 60_000) + "]" },
        { "slots", "layout.groups", () => "[{\"name\":\"a\",\"kind\":0,\"slots\":[" + Repeat("\"\"", 1_000_000) + "]}]" },
        { "divergences", "diagnosis.kullbackLeiblerPerDimension", () => "[" + Repeat("0", 1_000_000) + "]" },
        { "variances", "diagnosis.meanVariancePerDimension", () => "[" + Repeat("0", 1_000_000) + "]" },
        { "features", "diagnosis.features", () => "[" + Repeat("{\"name\":\"\",\"kind\":0,\"quality\":0,\"baseline\":0}", Many) + "]" },
        {
            "findings of no kind", "diagnosis.findings",
            () => "[" + Repeat("{\"kind\":99,\"message\":\"\",\"isWarning\":true}", Many) + "]"
        },
        { "empty findings", "diagnosis.findings", () => "[" + Repeat("null", Many) + "]" },
        { "maps", "quantilePoints", () => "[" + Repeat("0", 1_000_000) + "]" },
        { "distributions", "profile.cuts", () => "[" + Repeat("0", 1_000_000) + "]" },
        { "tensors", "tensors", () => "[" + Repeat("{\"name\":\"\",\"shape\":[]}", Many) + "]" },
        { "a tensor of many dimensions", "tensors", () => "[{\"name\":\"\",\"shape\":[" + Repeat("0", 1_000_000) + "]}]" },
        { "an unknown member", "layout", () => "{\"" + new string('x', 1_000_000) + "\":1}" },
    };

    [Theory]
    [InlineData(20_000_000)]
    [InlineData(int.MaxValue)]
    public void Epochs_without_metrics_are_refused_within_ten_times_the_size_of_the_file(int epochs)
    {
        byte[] forged = Forgery.WithHeader(Untrained, header =>
        {
            header["history"]!["metrics"] = new JsonObject { ["epochs"] = epochs, ["columns"] = new JsonArray() };
            header["options"]!["epochs"] = epochs;
        });
        var (allocated, exception) = Load(forged);
        exception.Should().BeOfType<InvalidDataException>();
        allocated.Should().BeLessThan(LoadingMemory.Bound(forged.Length));
    }

    [Theory]
    [InlineData(20_000_000)]
    [InlineData(int.MaxValue)]
    public void A_checkpoint_of_epochs_without_metrics_is_refused_within_ten_times_its_size(int epochs)
    {
        byte[] forged = Forgery.WithHeader(ReaderTarget.SmallCheckpoint(), header =>
        {
            header["metrics"] = new JsonObject { ["epochs"] = epochs, ["columns"] = new JsonArray() };
            header["bestEpoch"] = epochs;
        });
        var (allocated, exception) = LoadingMemory.Of(() => ReaderTarget.Restore(forged));
        exception.Should().BeOfType<InvalidDataException>();
        allocated.Should().BeLessThan(LoadingMemory.Bound(forged.Length));
    }

    [Theory]
    [MemberData(nameof(LargeModels))]
    public void A_model_with_much_of_one_kind_loads_within_ten_times_the_size_of_its_file(
        string what, Func<FeatureLayout> layout, VaeOptions options)
    {
        byte[] file = UntrainedModels.Bytes(layout(), options);
        foreach (bool seekable in new[] { true, false })
        {
            var (allocated, exception) = Load(file, seekable);
            exception.Should().BeNull(what);
            allocated.Should().BeLessThan(LoadingMemory.Bound(file.Length), what);
        }
    }

    public static TheoryData<string, Func<FeatureLayout>, VaeOptions> LargeModels() => new()
    {
        { "groups of one slot", () => Groups(Many, 0, FeatureKind.Numeric), Narrow },
        { "binary groups of one slot", () => Groups(Many, 0, FeatureKind.Binary), Narrow },
        {
            "one-hot groups of one slot", () => Groups(Many, 0, FeatureKind.OneHot),
            Narrow with { OneHotLikelihood = OneHotLikelihoodKind.Categorical }
        },
        { "conditions", () => Groups(1, 60_000, FeatureKind.Numeric), Narrow },
        { "slots", () => FeatureLayout.Numeric(Many), Narrow with { NoiseScale = NoiseScaleOptions.Learned(perSlot: true) } },
        { "slots without names", () => new FeatureLayoutBuilder().Numeric("x", Enumerable.Repeat("", Many)).Build(), Narrow },
        { "a wide layer", () => FeatureLayout.Numeric(1), Narrow with { HiddenLayers = [65_536] } },
        {
            "a wide layer with batch normalization", () => FeatureLayout.Numeric(1),
            Narrow with { HiddenLayers = [65_536], BatchNormalization = true }
        },
        {
            "alternating layers", () => FeatureLayout.Numeric(1),
            Narrow with { HiddenLayers = [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? 1 : 65_536)] }
        },
        { "a wide latent space", () => FeatureLayout.Numeric(1), Narrow with { LatentDimension = 65_536 } },
        { "a wide latent space alone", () => FeatureLayout.Numeric(1), Narrow with { LatentDimension = 65_536, HiddenLayers = [] } },
    };

    private static FeatureLayout Groups(int modelled, int conditions, FeatureKind kind)
    {
        var builder = new FeatureLayoutBuilder();
        for (int i = 0; i < modelled + conditions; i++)
        {
            if (i == modelled) builder.Conditions();
            builder.Add("a", kind, ["a"]);
        }

        return builder.Build();
    }

    /// <summary>The header with the value at a path of names replaced by any text.</summary>
    private static string Replace(string path, string value)
    {
        const string mark = "the value";
        var header = JsonNode.Parse(File.AsSpan(24, Forgery.HeaderLength(File)))!.AsObject();
        string[] names = path.Split('.');
        JsonNode parent = header;
        foreach (string name in names[..^1])
            parent = parent[name]!;
        parent[names[^1]] = mark;
        return header.ToJsonString().Replace($"\"{mark}\"", value);
    }

    private static string Repeat(string value, int count) => new StringBuilder().Insert(0, value + ",", count - 1).Append(value).ToString();

    private static (long Allocated, Exception? Exception) Load(byte[] file, bool seekable = true)
    {
        SmallModels.Load(File);
        return LoadingMemory.Of(() => VaeModel.Load(seekable ? new MemoryStream(file, writable: false) : new OneWayStream(file, 4000)));
    }
}
