using Microsoft.ML;
using Microsoft.ML.Data;
using Vae.Data;
using Vae.Numerics.RandomNumbers;
using Vae.Options;

namespace Vae.MLNet.Synthesis;

/// <summary>What a trainer makes of rows, whose numbers are standardized by the real ones; a missing number is the mean.</summary>
internal sealed class Classifier
{
    private readonly MLContext _mlContext;
    private readonly IEstimator<ITransformer> _trainer;
    private readonly float[] _means;
    private readonly float[] _scales;

    public Classifier(MLContext mlContext, ComparedRows real, IEstimator<ITransformer>? trainer)
    {
        _mlContext = mlContext;
        _trainer = trainer ?? mlContext.BinaryClassification.Trainers.LbfgsLogisticRegression();
        _means = new float[real.Layout.SlotCount];
        _scales = Enumerable.Repeat(1f, real.Layout.SlotCount).ToArray();
        foreach (var feature in real.Layout.Features.Where(feature => feature.Kind == FeatureKind.Numeric))
        {
            float[] values = [.. real.Column(feature.Start).Where(value => !float.IsNaN(value)).DefaultIfEmpty(0)];
            double mean = values.Average(value => (double)value);
            double deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
            _means[feature.Start] = (float)mean;
            _scales[feature.Start] = deviation > 0 ? (float)(1 / deviation) : 1;
        }
    }

    /// <summary>
    /// The area under the ROC curve of telling two tables apart: as many rows of one as of the other, half of them to train, half to test.
    /// </summary>
    public double TellApart(ComparedRows real, ComparedRows synthetic, int seed)
    {
        int count = Math.Min(real.Count, synthetic.Count);
        var training = new List<ClassifiedRow>();
        var test = new List<ClassifiedRow>();
        foreach (var (rows, isReal) in new[] { (real, true), (synthetic, false) })
        {
            int[] order = [.. Enumerable.Range(0, rows.Count)];
            CounterRandom.Shuffle((ulong)seed, RandomStreams.NewRows, order);
            for (int i = 0; i < count; i++)
                (i % 2 == 0 ? training : test).Add(Row(rows[order[i]], isReal, null));
        }

        return Area(Score(training, test));
    }

    /// <summary>What a classifier that is trained on some rows makes of others.</summary>
    public SyntheticUtility Predict(ComparedRows training, ComparedRows test, Feature label)
    {
        int classes = label.Kind == FeatureKind.Binary ? 1 : label.Length;
        int[] truth = [.. Enumerable.Range(0, test.Count).Where(row => label.IsObserved(test[row]))];
        int[] known = [.. Enumerable.Range(0, training.Count).Where(row => label.IsObserved(training[row]))];
        var scores = new List<(int Class, float[] Scores)>();
        var areas = new List<double>();

        // Of two categories, one says all.
        for (int i = classes == 2 ? 1 : 0; i < classes; i++)
        {
            int slot = label.Start + i;
            var rows = known.Select(row => Row(training[row], training[row][slot] == 1, label)).ToList();
            var asked = truth.Select(row => Row(test[row], test[row][slot] == 1, label)).ToList();
            if (!asked.Any(row => row.Label) || asked.TrueForAll(row => row.Label)) continue;
            var scored = rows.Exists(row => row.Label) && rows.Exists(row => !row.Label) ? Score(rows, asked) : null;
            areas.Add(scored is null ? 0.5 : Area(scored));
            scores.Add((slot, scored is null ? new float[asked.Count] : [.. scored.GetColumn<float>("Score")]));
        }

        return new SyntheticUtility(Accuracy(), areas.DefaultIfEmpty(double.NaN).Average());

        double Accuracy()
        {
            int right = 0;
            for (int i = 0; i < truth.Length; i++)
            {
                var row = test[truth[i]];
                if (scores.Count == 1)
                {
                    if (scores[0].Scores[i] > 0 == (row[scores[0].Class] == 1)) right++;
                    continue;
                }

                int index = i;
                if (scores.Count > 0 && row[scores.MaxBy(one => one.Scores[index]).Class] == 1) right++;
            }

            return (double)right / truth.Length;
        }
    }

    private IDataView Score(List<ClassifiedRow> training, List<ClassifiedRow> test) =>
        _trainer.Fit(View(training)).Transform(View(test));

    private double Area(IDataView scored) => _mlContext.BinaryClassification.EvaluateNonCalibrated(scored).AreaUnderRocCurve;

    private IDataView View(List<ClassifiedRow> rows)
    {
        var schema = SchemaDefinition.Create(typeof(ClassifiedRow));
        schema[nameof(ClassifiedRow.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Features.Length);
        return _mlContext.Data.LoadFromEnumerable(rows, schema);
    }

    private ClassifiedRow Row(ReadOnlySpan<float> row, bool label, Feature? without)
    {
        var features = new List<float>(_means.Length);
        for (int slot = 0; slot < _means.Length; slot++)
        {
            if (without is not null && slot >= without.Start && slot < without.End) continue;
            features.Add(float.IsNaN(row[slot]) ? 0 : (row[slot] - _means[slot]) * _scales[slot]);
        }

        return new ClassifiedRow { Features = [.. features], Label = label };
    }

    /// <summary>A row as a trainer reads it.</summary>
    private sealed class ClassifiedRow
    {
        public float[] Features { get; set; } = [];

        public bool Label { get; set; }
    }
}
