using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Data;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>What the plug-in makes of columns: numeric, binary or one-hot.</summary>
public sealed class FeatureKindTests
{
    private readonly MLContext _mlContext = new(1);

    [Fact]
    public void Categorical_slots_are_recognized_after_one_hot_encoding_and_concatenation() =>
        Groups(Features(), "Features").Should().Equal(
            "Numeric Features[0..1)", "OneHot Housing[1..4)", "Numeric Features[4..5)", "OneHot Job[5..8)");

    [Fact]
    public void Columns_are_read_by_their_type() => Groups(Tables.Mixed(_mlContext), "Age", "Telephone", "Region", "Sparse").Should().Equal(
        "Numeric Age[0..1)", "Binary Telephone[1..2)", "OneHot Region[2..6)", "Numeric Sparse[6..12)");

    [Fact]
    public void A_key_with_values_names_its_slots_after_them()
    {
        var data = _mlContext.Transforms.Conversion.MapValueToKey("Housing")
            .Fit(Tables.Mixed(_mlContext)).Transform(Tables.Mixed(_mlContext));
        Quick.Embed(_mlContext, "Housing").Fit(data).Model.Layout.Groups.Single().SlotNames
            .Should().BeEquivalentTo("Housing.own", "Housing.rent", "Housing.free");
    }

    [Fact]
    public void Values_reach_their_slots()
    {
        var options = Quick.Options("Age", "Telephone", "Region", "Sparse");
        var data = Tables.Mixed(_mlContext);
        var transformer = _mlContext.Transforms.VaeEmbed(options).Fit(data);
        var rows = Tables.MixedRows();
        float[] expected = new float[2];

        foreach (var (row, embedding) in rows.Zip(transformer.Transform(data).Embeddings()))
        {
            var slots = new float[12];
            slots[0] = row.Age;
            slots[1] = row.Telephone ? 1 : 0;
            if (row.Region < 4) slots[2 + row.Region] = 1;
            row.Sparse.CopyTo(slots, 6);
            transformer.Model.Encode(slots, expected);
            embedding.Should().Equal(expected);
        }
    }

    [Theory]
    [InlineData("byte")]
    [InlineData("ushort")]
    [InlineData("uint")]
    [InlineData("ulong")]
    public void Keys_of_every_size_are_read(string type)
    {
        var data = type switch
        {
            "byte" => _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new ByteKey { Key = (byte)(i % 4) })),
            "ushort" => AsUShort(
                _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new UIntKey { Key = (uint)(i % 4) }))),
            "uint" => _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new UIntKey { Key = (uint)(i % 4) })),
            _ => _mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 40).Select(i => new ULongKey { Key = (ulong)(i % 4) })),
        };
        var options = Quick.Options("Key");
        options.AdditionalColumns = VaeOutputColumns.CellScores;

        var view = _mlContext.Transforms.VaeEmbed(options).Fit(data).Transform(data);

        view.Schema["Key"].Type.RawType.Name
            .Should().BeEquivalentTo(type switch { "byte" => "Byte", "ushort" => "UInt16", "uint" => "UInt32", _ => "UInt64" });
        var embeddings = view.Embeddings();
        embeddings[1].Should().NotEqual(embeddings[2], "different keys are different rows");
        embeddings[1].Should().Equal(embeddings[5]);
        view.Vectors("EmbeddingCellScores")[3].Should().Equal([0, 0, 0], "a missing key costs nothing");
        view.Vectors("EmbeddingCellScores")[0].Should().OnlyContain(score => score > 0);
    }

    [Fact]
    public void The_kind_of_a_group_and_of_a_column_can_be_given()
    {
        var data = Features();
        GroupsWith(data, new() { ["Job"] = FeatureKind.Binary }).Should().Contain("Binary Job[5..8)").And.Contain("OneHot Housing[1..4)");
        GroupsWith(data, new() { ["Housing"] = FeatureKind.Numeric }).Should().Equal("Numeric Features[0..5)", "OneHot Job[5..8)");
        GroupsWith(data, new() { ["Features"] = FeatureKind.Numeric }).Should().Equal("Numeric Features[0..8)");
    }

    [Fact]
    public void A_bare_vector_can_be_declared_categorical()
    {
        var rows = Enumerable.Range(0, 40)
            .Select(i => new VectorRow { Features = [i % 3 == 0 ? 1 : 0, i % 3 == 1 ? 1 : 0, i % 3 == 2 ? 1 : 0, i % 2] });
        var data = _mlContext.Data.LoadFromEnumerable(rows);
        var options = Quick.Options("Features");
        options.FeatureKinds["Features.3"] = FeatureKind.Binary;
        Describe(_mlContext.Transforms.VaeEmbed(options).Fit(data)).Should().Equal("Numeric Features[0..3)", "Binary Features.3[3..4)");
        var mapping = _mlContext.Transforms.CustomMapping<VectorRow, ThreeSlots>((row, three) => three.Three = row.Features[..3], null);
        Groups(mapping.Fit(data).Transform(data), "Three").Should().Equal("Numeric Three[0..3)");
        var whole = Quick.Options("Three");
        whole.FeatureKinds["Three"] = FeatureKind.OneHot;
        Describe(mapping.Append(_mlContext.Transforms.VaeEmbed(whole)).Fit(data).LastTransformer).Should().Equal("OneHot Three[0..3)");
    }

    [Fact]
    public void A_kind_for_nothing_is_an_error() =>
        Failure.Of<ArgumentOutOfRangeException>(
            () => GroupsWith(Features(), new() { ["Hosing"] = FeatureKind.Binary }), "FeatureKinds", "'Hosing'");

    [Fact]
    public void Half_a_categorical_value_cannot_be_given_a_kind() => Failure.Of<ArgumentOutOfRangeException>(
        () => GroupsWith(Features(), new() { ["Housing.own"] = FeatureKind.Numeric }), "'Housing.own'", "'Housing'", "'Features'");

    [Fact]
    public void Slots_that_are_not_neighbours_cannot_be_given_a_kind_together() => Failure.Of<ArgumentOutOfRangeException>(
        () => GroupsWith(Named([], "a.x", "b", "a.y", "c"), new() { ["a"] = FeatureKind.Binary }),
        "FeatureKinds", "'a'", "'Features'", "not neighbours");

    [Fact]
    public void A_categorical_value_whose_slots_have_no_name_in_common_is_named_after_its_column_and_range()
    {
        Groups(Named([1, 2], "a", "x.1", "y.2", "d"), "Features")
            .Should().Equal("Numeric Features[0..1)", "OneHot Features[1..2][1..3)", "Numeric Features[3..4)");
        Groups(Named([1, 2], "a", "x.u.1", "x.v.2", "d"), "Features")
            .Should().Equal("Numeric Features[0..1)", "OneHot x[1..3)", "Numeric Features[3..4)");
    }

    [Fact]
    public void Ranges_that_cannot_be_are_left_out() =>
        Groups(Named([-1, 1, 2, 1, 3, 4, 1, 2], "a", "b", "c", "d"), "Features").Should().Equal(
            "Numeric Features[0..1)", "OneHot Features[1..2][1..3)", "Numeric Features[3..4)");

    [Theory]
    [InlineData(5, 7, 6, 8)]
    [InlineData(6, 8, 5, 7)]
    [InlineData(1, 4, 5, 8, 4, 5)]
    [InlineData(5, 8, 5, 8)]
    public void Ranges_that_overlap_are_refused(params int[] ranges)
    {
        var data = Named(ranges, "a", "b", "c", "d", "e", "f", "g", "h", "i");
        Failure.Of<ArgumentOutOfRangeException>(
            () => Groups(data, "Features"), "Schema mismatch for input column 'Features'", "CategoricalSlotRanges that do not overlap",
            "FeatureKinds");
        GroupsWith(data, new() { ["Features"] = FeatureKind.Binary }).Should().Equal("Binary Features[0..9)");
    }

    [Fact]
    public void A_single_slot_cannot_be_one_hot() => Failure.Of<ArgumentOutOfRangeException>(
        () => GroupsWith(Features(), new() { ["Age"] = FeatureKind.OneHot }), "'Age'", "one-hot");

    private IDataView AsUShort(IDataView data) =>
        _mlContext.Transforms.Conversion.ConvertType("Key", outputKind: DataKind.UInt16).Fit(data).Transform(data);

    private IDataView Features()
    {
        var data = Tables.Mixed(_mlContext);
        return _mlContext.Transforms.Categorical.OneHotEncoding([new("Housing"), new("Job")])
            .Append(_mlContext.Transforms.Concatenate("Features", "Age", "Housing", "Income", "Job"))
            .Fit(data).Transform(data);
    }

    [Fact]
    public void A_slot_whose_name_has_half_of_a_surrogate_pair_is_refused_by_its_name()
    {
        var fit = () => Quick.Embed(_mlContext, "Features").Fit(Named([], "a", "b\ud83d", "c", "d"));
        fit.Should().Throw<Exception>().WithMessage("*'b\ud83d' of slot 1 of the group 'Features'*surrogate*").ShouldBeMarked();
    }

    /// <summary>A vector with names of slots and ranges of categorical ones; each row has one 1.</summary>
    private IDataView Named(int[] ranges, params string[] names)
    {
        var schema = SchemaDefinition.Create(typeof(VectorRow));
        schema["Features"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, names.Length);
        schema["Features"].AddAnnotation(
            "SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, Array.ConvertAll(names, name => name.AsMemory())),
            new VectorDataViewType(TextDataViewType.Instance, names.Length));
        if (ranges.Length > 0)
        {
            schema["Features"].AddAnnotation(
                "CategoricalSlotRanges",
                new VBuffer<int>(ranges.Length, ranges),
                new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2));
        }

        var rows = Enumerable.Range(0, 40).Select(i => new VectorRow
        {
            Features = [.. Enumerable.Range(0, names.Length).Select(slot => slot == i % names.Length ? 1f : 0)],
        });
        return _mlContext.Data.LoadFromEnumerable(rows, schema);
    }

    private string[] Groups(IDataView data, params string[] inputs) => Describe(Quick.Embed(_mlContext, inputs).Fit(data));

    private string[] GroupsWith(IDataView data, Dictionary<string, FeatureKind> featureKinds)
    {
        var options = Quick.Options("Features");
        options.FeatureKinds = featureKinds;
        return Describe(_mlContext.Transforms.VaeEmbed(options).Fit(data));
    }

    private static string[] Describe(VaeEmbeddingTransformer transformer) =>
        [.. transformer.Model.Layout.Groups.Select(group => group.ToString())];

    private sealed class ThreeSlots
    {
        [VectorType(3)]
        public float[] Three { get; set; } = [];
    }

    private sealed class ByteKey
    {
        [KeyType(3)]
        public byte Key { get; set; }
    }

    private sealed class UIntKey
    {
        [KeyType(3)]
        public uint Key { get; set; }
    }

    private sealed class ULongKey
    {
        [KeyType(3)]
        public ulong Key { get; set; }
    }
}
