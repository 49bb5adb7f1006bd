using Vae.Export;

namespace Vae.Detection;

/// <summary>What a detector computes of a row, as steps that other engines can be told.</summary>
internal sealed class DetectorGraph
{
    public DetectorGraph(VaeDetector detector)
    {
        int rows = detector.CalibrationRows;
        var parts = detector.Parts.Select(part => new PartSteps(part)).ToList();
        Inputs = parts[0].Inputs;
        Score = Scaled(Sum(parts.Select(part => part.Score)), 1.0 / parts.Count, 0);
        var count = Sum(parts.Select(part => part.Count));
        PValue = Scaled(count, 1 / (rows + 1.0), 1 / (rows + 1.0));
        double most = AlarmRule.MostScores(rows, detector.FalseAlarmRate);
        PredictedLabel = new TestNode(ScoringTest.IsPositive, Scaled(count, -1, most + 0.5));
    }

    /// <summary>The runs of slots that the row consists of.</summary>
    public IReadOnlyList<SlotsNode> Inputs { get; }

    /// <summary>How unusual the row is.</summary>
    public ScoringNode Score { get; }

    /// <summary>Its p-value.</summary>
    public ScoringNode PValue { get; }

    /// <summary>1 for an anomaly, else 0.</summary>
    public ScoringNode PredictedLabel { get; }

    private static ScoringNode Sum(IEnumerable<ScoringNode> terms) =>
        terms.Aggregate((sum, term) => new ArithmeticNode(ScoringArithmetic.Add, sum, term));

    private static AffineNode Scaled(ScoringNode node, double factor, double shift) => new(node, [factor], [shift]);

    /// <summary>One model of the detector.</summary>
    private sealed class PartSteps
    {
        private readonly KnownCategories _known;
        private readonly List<ScoringNode> _terms = [];

        public PartSteps(DetectorPart part)
        {
            _known = part.Known;
            var graph = ScoringGraph.Of(part.Model.Parts, ScoringOutputs.Score, Replace);
            Inputs = graph.Inputs;
            Score = Sum([graph.Outputs[ScoringOutputs.Score], .. _terms]);
            Count = CountAtLeast(Score, part.Calibration.Scores);
        }

        public IReadOnlyList<SlotsNode> Inputs { get; }

        public ScoringNode Score { get; }

        /// <summary>The number of calibration scores that are as high or higher.</summary>
        public ScoringNode Count { get; }

        /// <summary>The rarest known category in the place of an unseen one, as <see cref="KnownCategories.Replace"/> does it.</summary>
        private ScoringNode Replace(SlotsNode slots)
        {
            if (_known.WithUnseen(slots.Start) is not { } known) return slots;
            bool zerosAreMissing = known.None > 0;
            var zeros = new double[slots.Width];
            double[] factors = Array.ConvertAll(known.Counts, count => zerosAreMissing ? count == 0 ? 1.0 : 0.0 : count > 0 ? -1.0 : 0.0);
            var sum = new ReductionNode(ScoringReduction.Sum, new AffineNode(slots, factors, zeros));
            var unseen = new TestNode(ScoringTest.IsPositive, zerosAreMissing ? sum : Scaled(sum, 1, 1));
            _terms.Add(Scaled(unseen, Math.Log(known.Counts[known.Rarest] + 1.0), 0));
            double[] chosen = [.. zeros];
            chosen[known.Rarest] = 1;
            return new ArithmeticNode(
                ScoringArithmetic.Add, new KeptNode(slots, Scaled(unseen, -1, 1)), new AffineNode(unseen, chosen, zeros));
        }

        /// <summary>As <see cref="ConformalCalibration.CountAtLeast"/>: it falls wherever the bound passes a score.</summary>
        private static LinesNode CountAtLeast(ScoringNode score, ReadOnlySpan<float> scores)
        {
            var thresholds = new List<double>();
            var lines = new List<ScoringLine> { new(0, scores.Length, 0) };
            for (int i = 0; i < scores.Length; i++)
            {
                if (i + 1 < scores.Length && scores[i + 1] == scores[i]) continue;
                thresholds.Add(float.BitIncrement(scores[i]));
                lines.Add(new(0, scores.Length - 1 - i, 0));
            }

            var size = new ClampNode(new FunctionNode(ScoringFunction.Abs, score), 1, float.MaxValue);
            var bound = new ArithmeticNode(ScoringArithmetic.Add, score, Scaled(size, -ConformalCalibration.Tolerance, 0));
            return new LinesNode(bound, [.. thresholds], [.. lines]);
        }
    }
}
