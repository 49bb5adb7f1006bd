using FsCheck;
using FsCheck.Fluent;
using Vae.Data;
using Vae.Options;

namespace Vae.Testing;

/// <summary>Generators of whole cases.</summary>
public static class TableCases
{
    /// <summary>Any case; found by FsCheck.</summary>
    public static Arbitrary<TableCase> Cases() => Arb.From(
        from layout in Layouts()
        from options in Options()
        from count in Gen.Frequency((1, Gen.Choose(0, 2)), (6, Gen.Choose(3, 40)))
        from rows in Rows(layout, count)
        from duplicates in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from weights in Gen.Frequency(
            (3, Gen.Constant(Array.Empty<float>())), (1, Gen.Elements(0f, 1e-20f, 0.5f, 1f, 3f, 1e20f).ArrayOf(count)))
        from unseen in Rows(layout, 8)
        select new TableCase(layout, options, duplicates ? Duplicated(rows, layout.RowWidth) : rows, weights, unseen));

    private static Gen<FeatureLayout> Layouts() =>
        from groups in Groups().NonEmptyListOf()
        from conditions in Gen.Frequency((4, Gen.Constant(0)), (1, Gen.Choose(1, 2)))
        from rest in Groups().ArrayOf(conditions)
        select Build(groups.Take(5), rest);

    private static Gen<(FeatureKind Kind, int Length)> Groups() => Gen.Frequency(
        (5, Gen.Choose(1, 4).Select(length => (FeatureKind.Numeric, length))),
        (2, Gen.Choose(1, 3).Select(length => (FeatureKind.Binary, length))),
        (4, Gen.Choose(1, 6).Select(length => (FeatureKind.OneHot, length))),
        (1, Gen.Constant((FeatureKind.OneHot, 1000))));

    private static Gen<VaeOptions> Options() =>
        from latent in Gen.Choose(1, 4)
        from hidden in Gen.Elements<int[]>([], [3], [8, 4], [16, 8, 5])
        from activation in Gen.Elements(Enum.GetValues<Activation>())
        from numeric in Gen.Elements(Enum.GetValues<NumericLikelihoodKind>())
        from oneHot in Gen.Elements(Enum.GetValues<OneHotLikelihoodKind>())
        from noise in Gen.Elements(
            NoiseScaleOptions.Learned(), NoiseScaleOptions.Learned(perSlot: true), NoiseScaleOptions.Computed(),
            NoiseScaleOptions.Fixed(), NoiseScaleOptions.Fixed(1e-3), NoiseScaleOptions.Fixed(1e3))
        from regularizer in Gen.Elements<RegularizerOptions>(
            [RegularizerOptions.KullbackLeibler(), .. RegularizerCases.All.Select(item => item.Options)])
        from schedule in Gen.Elements(
            WeightSchedule.Constant(), WeightSchedule.WarmUp(2), WeightSchedule.WarmUp(100), WeightSchedule.Cyclical())
        from robustness in Gen.Frequency((3, Gen.Constant(0.0)), (1, Gen.Elements(1e-3, 0.1, 10)))
        from scale in Gen.Elements(Enum.GetValues<EmbeddingScale>())
        from start in Gen.Elements(Enum.GetValues<InitialWeightsKind>())
        from standardization in Gen.Elements(Enum.GetValues<StandardizationMethod>())
        from form in Gen.Elements(Enum.GetValues<RobustnessForm>())
        from batch in Gen.Elements(2, 3, 16, 64, 1000)
        from validation in Gen.Elements(0, 0.1, 0.5, 0.9)
        from extras in Gen.Choose(0, 15)
        from epochs in Gen.Choose(1, 4)
        from seed in Gen.Choose(int.MinValue, int.MaxValue)
        select new VaeOptions
        {
            LatentDimension = latent,
            HiddenLayers = hidden,
            Activation = activation,
            NumericLikelihood = numeric,
            OneHotLikelihood = oneHot,
            NoiseScale = noise,
            Regularizer = regularizer,
            RegularizerSchedule = schedule,
            Robustness = robustness,
            RobustnessForm = form,
            EmbeddingScale = scale,
            InitialWeights = start,
            Standardization = standardization,
            BatchSize = batch,
            ValidationFraction = validation,
            BatchNormalization = (extras & 1) != 0,
            Dropout = (extras & 2) != 0 ? 0.3 : 0,
            InputNoise = (extras & 4) != 0 ? 0.5 : 0,
            InputMasking = (extras & 8) != 0 ? 0.3 : 0,
            Epochs = epochs,
            Seed = seed,
        };

    private static Gen<float[]> Rows(FeatureLayout layout, int count)
    {
        var all = layout.AllGroups.ToArray();
        return all.Select(group => Columns.Of(group.Kind, group.Length, count)).Aggregate(
            Gen.Constant(Array.Empty<float[]>()),
            (before, next) => from groups in before from values in next select (float[][])[.. groups, values])
            .Select(groups => Interleave(all, groups, count));
    }

    private static float[] Interleave(FeatureGroup[] all, float[][] groups, int count) =>
    [
        .. Enumerable.Range(0, count)
            .SelectMany(row => all.SelectMany((group, index) => groups[index].Skip(row * group.Length).Take(group.Length))),
    ];

    private static float[] Duplicated(float[] rows, int width) =>
        rows.Length == 0 ? rows : [.. Enumerable.Range(0, rows.Length).Select(index => rows[index % width])];

    private static FeatureLayout Build(
        IEnumerable<(FeatureKind Kind, int Length)> groups, IEnumerable<(FeatureKind Kind, int Length)> conditions)
    {
        var builder = new FeatureLayoutBuilder();
        int number = 0;
        foreach (var (kind, length) in groups)
            Add(builder, kind, length, $"g{number++}");
        builder.Conditions();
        foreach (var (kind, length) in conditions)
            Add(builder, kind, length, $"g{number++}");
        return builder.Build();
    }

    private static void Add(FeatureLayoutBuilder builder, FeatureKind kind, int length, string name)
    {
        if (kind == FeatureKind.Numeric) builder.Numeric(name, length);
        if (kind == FeatureKind.Binary) builder.Binary(name, Enumerable.Range(0, length).Select(slot => $"{name}.{slot}"));
        if (kind == FeatureKind.OneHot) builder.OneHot(name, length);
    }
}
