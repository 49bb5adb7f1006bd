using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Persistence;
using Xunit;

namespace Vae.Tests.Persistence;

public sealed class CorruptFileTests
{
    private static readonly byte[] File = SmallModels.Bytes(SmallModels.Train());

    private static byte[] Quantiles { get; } =
        SmallModels.Bytes(SmallModels.Train(SmallModels.Options with { Standardization = StandardizationMethod.Quantile }));

    [Fact]
    public void A_file_that_ends_anywhere_is_truncated()
    {
        for (int length = 0; length < File.Length; length++)
        {
            var load = () => VaeModel.Load(new MemoryStream(File, 0, length));
            load.Should().Throw<InvalidDataException>().WithMessage("*model file is truncated*");
        }
    }

    [Fact]
    public void Another_kind_of_file_is_no_model()
    {
        foreach (byte[] other in new byte[][] { [.. "PK\x03\x04"u8], [0], [.. "x,y\r\n1,2\r\n"u8], new byte[1000] })
        {
            var load = () => SmallModels.Load(other);
            load.Should().Throw<InvalidDataException>().WithMessage("*not a model file*");
        }
    }

    [Fact]
    public void A_changed_byte_in_header_or_data_fails_the_checksum()
    {
        for (int index = 24; index < File.Length; index += 13)
        {
            byte[] changed = [.. File];
            changed[index] ^= 0x10;
            var load = () => SmallModels.Load(changed);
            load.Should().Throw<InvalidDataException>().WithMessage("*corrupt*checksum*");
        }
    }

    [Fact]
    public void A_newer_format_is_refused_by_the_names_of_both_versions()
    {
        byte[] newer = [.. File];
        BinaryPrimitives.WriteInt32LittleEndian(newer.AsSpan(8), 7);
        var load = () => SmallModels.Load(Forgery.Sign(newer));
        load.Should().Throw<FormatException>().WithMessage("*version 7*version 3*");
    }

    [Fact]
    public void An_option_of_a_newer_library_is_refused_by_the_names_of_both_versions()
    {
        var newer = Forgery.WithHeader(File, header =>
        {
            header["writtenBy"] = "99.1.0";
            header["options"]!["telepathy"] = true;
        });
        var load = () => SmallModels.Load(newer);
        load.Should().Throw<FormatException>().WithMessage($"*99.1.0*{LibraryVersion.Current}*telepathy*");
    }

    [Fact]
    public void A_newer_library_whose_options_are_known_is_welcome()
    {
        var newer = Forgery.WithHeader(File, header => header["writtenBy"] = "99.1.0");
        SmallModels.Scores(SmallModels.Load(newer)).Should().Equal(SmallModels.Scores(SmallModels.Load(File)));
    }

    [Fact]
    public void An_older_file_without_a_younger_option_takes_its_default()
    {
        var older = Forgery.WithHeader(File, header =>
        {
            header["options"]!.AsObject().Remove("weightDecay");
            header["options"]!["regularizer"]!.AsObject().Remove("beta");
        });
        var loaded = SmallModels.Load(older);
        loaded.Options.WeightDecay.Should().Be(new VaeOptions().WeightDecay);
        loaded.Options.Regularizer.Should().Be(new VaeOptions().Regularizer);
    }

    [Theory]
    [InlineData(8, -1)]
    [InlineData(8, 0)]
    [InlineData(12, -1)]
    [InlineData(12, int.MaxValue)]
    [InlineData(16, -1)]
    [InlineData(20, -1)]
    [InlineData(20, 1)]
    public void Lengths_and_versions_that_cannot_be_are_refused_at_once(int offset, int value)
    {
        byte[] changed = [.. File];
        BinaryPrimitives.WriteInt32LittleEndian(changed.AsSpan(offset), value);
        var load = () => SmallModels.Load(changed);
        load.Should().Throw<InvalidDataException>().WithMessage("*model file is corrupt*");
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_header_that_cannot_be_is_refused_although_its_checksum_is_right(string what, Action<JsonObject> change)
    {
        var load = () => SmallModels.Load(Forgery.WithHeader(File, change));
        load.Should().Throw<InvalidDataException>(what).WithMessage("*model file is corrupt*");
    }

    public static TheoryData<string, Action<JsonObject>> Headers() => new()
    {
        { "an option out of range", header => header["options"]!["latentDimension"] = 0 },
        { "an option that is unknown", header => header["options"]!["telepathy"] = true },
        { "a record of no kind", header => header["options"]!["noiseScale"]!.AsObject().Remove("$type") },
        { "no options", header => header.Remove("options") },
        { "options null", header => header["options"] = null },
        { "another architecture", header => header["options"]!["hiddenLayers"] = new JsonArray(8, 8) },
        { "an enormous architecture", header => header["options"]!["hiddenLayers"] = new JsonArray(65536, 65536, 65536) },
        { "batch normalization that the tensors lack", header => header["options"]!["batchNormalization"] = true },
        { "no groups", header => header["layout"]!["groups"] = new JsonArray() },
        { "a group null", header => header["layout"]!["groups"]![0] = null },
        { "a group of no kind", header => header["layout"]!["groups"]![0]!["kind"] = 17 },
        { "a group without slots", header => header["layout"]!["groups"]![0]!["slots"] = new JsonArray() },
        { "a slot null", header => header["layout"]!["groups"]![0]!["slots"]![0] = null },
        { "a group more", header => header["layout"]!["groups"]!.AsArray().Add(header["layout"]!["groups"]![0]!.DeepClone()) },
        { "a tensor less", header => header["tensors"]!.AsArray().RemoveAt(0) },
        { "a tensor renamed", header => header["tensors"]![0]!["name"] = "encoder.9.weight" },
        { "a tensor that is huge", header => header["tensors"]![0]!["shape"] = new JsonArray(int.MaxValue, int.MaxValue, int.MaxValue) },
        { "a shape null", header => header["tensors"]![0]!["shape"] = null },
        { "an epoch more", header => header["history"]!["metrics"]!["epochs"] = 4 },
        { "epochs by the billion", header => header["history"]!["metrics"]!["epochs"] = int.MaxValue },
        { "fewer than no epochs", header => header["history"]!["metrics"]!["epochs"] = -1 },
        { "a best epoch that is none", header => header["history"]!["bestEpoch"] = 4 },
        {
            "epochs without metrics",
            header => header["history"]!["metrics"] = new JsonObject { ["epochs"] = 3, ["columns"] = new JsonArray() }
        },
        { "epochs and no word of metrics", header => header["history"]!["metrics"]!.AsObject().Remove("columns") },
        { "a metric twice", header => header["history"]!["metrics"]!["columns"]![1] = "loss" },
        { "fewer epochs than options than were taken", header => header["options"]!["epochs"] = 2 },
        { "fewer than no training rows", header => header["history"]!["trainingRows"] = -1 },
        { "fewer than no validation rows", header => header["history"]!["validationRows"] = -1 },
        { "a metric that is unknown", header => header["history"]!["metrics"]!["columns"]![0] = "luck" },
        { "a group of a kind by number", header => header["layout"]!["groups"]![0]!["kind"] = 0 },
        { "a group without a name", header => header["layout"]!["groups"]![0]!.AsObject().Remove("name") },
        { "a group with an empty name", header => header["layout"]!["groups"]![0]!["name"] = "" },
        { "a group with more than it has", header => header["layout"]!["groups"]![0]!["size"] = 1 },
        { "a diagnosis null", header => header["diagnosis"] = null },
        { "no diagnosis", header => header.Remove("diagnosis") },
        { "a diagnosis of fewer than no rows", header => header["diagnosis"]!["rows"] = -1 },
        { "fewer than no active units", header => header["diagnosis"]!["activeUnits"] = -1 },
        { "more active units than dimensions", header => header["diagnosis"]!["activeUnits"] = 3 },
        { "a divergence more", header => header["diagnosis"]!["kullbackLeiblerPerDimension"]!.AsArray().Add(0) },
        { "a divergence less", header => header["diagnosis"]!["kullbackLeiblerPerDimension"]!.AsArray().RemoveAt(0) },
        { "a variance more", header => header["diagnosis"]!["meanVariancePerDimension"]!.AsArray().Add(0) },
        { "no variances", header => header["diagnosis"]!["meanVariancePerDimension"] = null },
        { "a feature more", header => header["diagnosis"]!["features"]!.AsArray().Add(header["diagnosis"]!["features"]![0]!.DeepClone()) },
        { "a feature less", header => header["diagnosis"]!["features"]!.AsArray().RemoveAt(0) },
        { "a feature of another name", header => header["diagnosis"]!["features"]![0]!["name"] = "depth" },
        { "a feature of another kind", header => header["diagnosis"]!["features"]![0]!["kind"] = "Binary" },
        { "a feature of no kind", header => header["diagnosis"]!["features"]![0]!["kind"] = 17 },
        { "a finding of no kind", header => header["diagnosis"]!["findings"]![0]!["kind"] = 99 },
        { "a finding without a message", header => header["diagnosis"]!["findings"]![0]!["message"] = null },
        { "a feature null", header => header["diagnosis"]!["features"]![0] = null },
        { "a finding null", header => header["diagnosis"]!["findings"]![0] = null },
        { "an axis more", header => header["axes"]!.AsArray().Add(header["axes"]![0]!.DeepClone()) },
        { "an axis null", header => header["axes"]![0] = null },
        { "an axis of no length", header => header["axes"]![0]!["factor"] = 0 },
        { "an axis of a share that is no number", header => header["axes"]![0]!["share"] = "NaN" },
        { "a profile of no rows", header => header["profile"]!["rows"] = 0 },
        { "a profile of more rows than any has", header => header["profile"]!["rows"] = 1_000_000_000 },
        { "a profile of other rows", header => header["profile"]!["rows"] = 59 },
        { "a profile of more scores than rows", header => header["profile"]!["scores"] = 61 },
        { "a profile without distributions", header => header["profile"]!["cuts"] = new JsonArray() },
        { "a distribution more", header => header["profile"]!["cuts"]!.AsArray().Add(0) },
        { "a distribution of fewer than no places", header => header["profile"]!["cuts"]![0] = -1 },
        { "a distribution of too many places", header => header["profile"]!["cuts"]![0] = 1_000 },
        { "no trainer", header => header["history"]!["trainer"] = null },
    };

    [Theory]
    [InlineData("\"slots\":[\"height\"", "\"slots\":[\"\\ud800\"")]
    [InlineData("\"kind\":\"Numeric\"", "\"kind\":\"Numeric\",\"kind\":\"Binary\"")]
    [InlineData("\"name\":\"size\"", "\"name\":\"size\",\"name\":\"size\"")]
    public void A_header_that_no_object_can_hold_is_refused(string text, string forged)
    {
        string header = Encoding.UTF8.GetString(File.AsSpan(24, Forgery.HeaderLength(File)));
        header.Should().Contain(text);
        var load = () => SmallModels.Load(Forgery.WithHeaderText(File, header.Replace(text, forged)));
        load.Should().Throw<InvalidDataException>().WithMessage("*model file is corrupt*");
    }

    [Fact]
    public void Limits_hold_for_a_member_whose_name_is_escaped()
    {
        string header = Encoding.UTF8.GetString(File.AsSpan(24, Forgery.HeaderLength(File)));
        string many = string.Join(',', Enumerable.Repeat("1", 300));
        string forged = header.Replace("\"options\":", "\"\\u006fptions\":")
            .Replace("\"hiddenLayers\":[16,8]", $"\"hiddenLayers\":[{many}]");
        var load = () => SmallModels.Load(Forgery.WithHeaderText(File, forged));
        load.Should().Throw<InvalidDataException>().WithMessage("*more values of options than there can be*");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"writtenBy\":3}")]
    [InlineData("{\"writtenBy\":\"0.1.0\",\"writtenBy\":\"0.1.0\"}")]
    [InlineData("\u0001")]
    public void A_header_that_is_no_header_is_refused(string text)
    {
        var load = () => SmallModels.Load(Forgery.WithHeaderText(File, text));
        load.Should().Throw<InvalidDataException>().WithMessage("*model file is corrupt*");
    }

    [Fact]
    public void A_header_that_is_nested_without_end_is_refused()
    {
        string deep = new('[', 1_000_000);
        foreach (string text in new[] { deep, "{\"options\":" + deep, "{\"writtenBy\":\"0.0.1\",\"options\":{\"x\":" + deep })
        {
            var load = () => SmallModels.Load(Forgery.WithHeaderText(File, text));
            load.Should().Throw<InvalidDataException>().WithMessage("*model file is corrupt*");
        }
    }

    [Theory]
    [InlineData(double.NaN, 0, "mean")]
    [InlineData(double.PositiveInfinity, 3, "mean")]
    [InlineData(0.0, 7, "deviation")]
    [InlineData(-1.0, 8, "deviation")]
    [InlineData(double.NaN, 8, "deviation")]
    [InlineData(double.PositiveInfinity, 13, "deviation")]
    public void A_standardization_that_cannot_be_is_refused(double value, int index, string named)
    {
        var forged = Forgery.WithData(File, data => BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8 * index), value));
        var load = () => SmallModels.Load(forged);
        load.Should().Throw<InvalidDataException>().WithMessage($"*{named}*");
    }

    [Theory]
    [InlineData(0, double.NaN)]
    [InlineData(0, 1e39)]
    [InlineData(0, 1e6)]
    [InlineData(1, double.NegativeInfinity)]
    [InlineData(2, 3.0)]
    [InlineData(3, -2e6)]
    public void A_map_to_normal_scores_that_cannot_be_is_refused(int number, double value)
    {
        int start = 2 * SmallModels.Layout.RowWidth + number;
        var forged = Forgery.WithData(Quantiles, data => BinaryPrimitives.WriteDoubleLittleEndian(data.AsSpan(8 * start), value));
        var load = () => SmallModels.Load(forged);
        load.Should().Throw<InvalidDataException>().WithMessage("*map*");
    }

    [Theory]
    [InlineData("[4]")]
    [InlineData("[-1,0,0,0,0,0,0]")]
    [InlineData("[1,0,0,0,0,0,0]")]
    [InlineData("[1025,0,0,0,0,0,0]")]
    [InlineData("[0,0,0,0,0,0,0]")]
    [InlineData("[2147483647,2147483647,2147483647,2147483647,0,0,0]")]
    [InlineData("3")]
    public void Maps_of_other_slots_or_lengths_are_refused(string points)
    {
        var forged = Forgery.WithHeader(Quantiles, header => header["quantilePoints"] = JsonNode.Parse(points));
        var load = () => SmallModels.Load(forged);
        load.Should().Throw<InvalidDataException>().WithMessage("*corrupt*");
    }

    [Fact]
    public void A_map_of_a_slot_that_is_not_numeric_is_refused()
    {
        var forged = Forgery.WithHeader(Quantiles, header =>
        {
            var points = header["quantilePoints"]!.AsArray();
            (points[1], points[2]) = (points[2]!.DeepClone(), points[1]!.DeepClone());
        });
        var load = () => SmallModels.Load(forged);
        load.Should().Throw<InvalidDataException>().WithMessage("*not numeric*");
    }

    /// <summary>The first count of the profile, the first place, the second one, and how many values are at most as large.</summary>
    [Theory]
    [InlineData(0, -1f)]
    [InlineData(0, 1.5f)]
    [InlineData(0, 61f)]
    [InlineData(0, float.NaN)]
    [InlineData(13, float.NaN)]
    [InlineData(13, float.PositiveInfinity)]
    [InlineData(14, -1e6f)]
    [InlineData(-1, 61f)]
    [InlineData(-1, 0.5f)]
    public void A_profile_that_cannot_be_is_refused(int number, float value)
    {
        const int counts = 13, ranges = 3;
        var header = JsonNode.Parse(File.AsSpan(24, Forgery.HeaderLength(File)))!;
        if (number < 0) number = counts + (int)header["profile"]!["cuts"]![0]!;
        int start = 2 * sizeof(double) * SmallModels.Layout.RowWidth + 2 * sizeof(float) * ranges + sizeof(float) * number;
        var forged = Forgery.WithData(File, data => BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(start), value));
        var load = () => SmallModels.Load(forged);
        load.Should().Throw<InvalidDataException>().WithMessage("*profile*");
    }

    [Fact]
    public void A_file_without_a_profile_is_that_of_an_earlier_version()
    {
        byte[] file = UntrainedModels.Bytes(SmallModels.Layout, SmallModels.Options);
        Encoding.UTF8.GetString(file.AsSpan(24, Forgery.HeaderLength(file))).Should().NotContain("profile");
        SmallModels.Load(file).Parts.Profile.Should().BeNull();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void A_weight_that_is_not_finite_is_refused_by_the_name_of_its_tensor(float value)
    {
        var forged = Forgery.WithData(File, data => BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(data.Count - 4), value));
        var load = () => SmallModels.Load(forged);
        load.Should().Throw<InvalidDataException>().WithMessage("*'noise.log_scale'*");
    }

    [Fact]
    public void A_negative_variance_is_refused()
    {
        var model = SmallModels.Bytes(SmallModels.Train(SmallModels.Options with { BatchNormalization = true }));
        var forged = Forgery.WithData(model, data => BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(data.Count - 4), -1));
        var load = () => SmallModels.Load(forged);
        load.Should().Throw<InvalidDataException>().WithMessage("*.norm.variance'*");
    }
}
