using FluentAssertions;
using Vae.Data;
using Vae.Options;
using Vae.Selection;
using Vae.Training;
using Vae.Training.Managed;
using Xunit;

namespace Vae.Core.Tests.Selection;

public sealed class VaeSelectionTests
{
    private static readonly VaeOptions Small = new()
    {
        HiddenLayers = [16],
        Epochs = 30,
        InputNoise = 0,
        InputMasking = 0,
        LearningRate = 0.01,
        RegularizerSchedule = WeightSchedule.WarmUp(5),
    };

    /// <summary>Options that tell candidates apart without learning anything.</summary>
    private static readonly VaeOptions Brief = Small with { HiddenLayers = [4], Epochs = 1 };

    private static readonly VaeOptions Diverging = Brief with { LearningRate = 1e30, GradientClipNorm = double.PositiveInfinity };

    private static readonly SelectionOptions Quick = new() { Folds = 3, Samples = 20 };

    [Fact]
    public void Three_hidden_factors_ask_for_three_dimensions()
    {
        // Standardized, the columns differ in noise: with one noise scale for all, further dimensions would take it up.
        var template = Small with { NoiseScale = NoiseScaleOptions.Learned(perSlot: true), Epochs = 60 };
        var candidates = VaeSelection.Grid(template, latentDimensions: [5, 1, 2, 3]);
        var result = Run(Factors(600), candidates, Quick);

        result.Recommended.Options.LatentDimension.Should().Be(3);
        result.Candidates[2].LogLikelihood.Mean.Should().BeLessThan(result.Recommended.LogLikelihood.Mean - 1);
        result.Candidates[1].Outcome.Should().Be(CandidateOutcome.Abandoned);
        result.Candidates[1].Folds.Should().HaveCount(2);
        result.Recommended.Folds.Should().HaveCount(3);
        result.Rows.Should().Be(600);
    }

    [Fact]
    public void Ties_go_to_fewer_dimensions_and_then_to_fewer_weights()
    {
        var candidates = VaeSelection.Grid(Brief, latentDimensions: [3, 2], hiddenLayers: [[8], [4], [6]]);
        var result = Run(Factors(40), candidates, Quick with { Metric = (_, _) => 1 });

        result.Recommended.Options.LatentDimension.Should().Be(2);
        result.Recommended.Options.HiddenLayers.Should().Equal(4);
        result.Recommended.Weights.Should().Be(result.Candidates.Min(candidate => candidate.Weights));
    }

    [Fact]
    public void The_smallest_within_one_standard_error_is_recommended_and_not_the_best()
    {
        double[][] scores = [[0.3, 0.8, 0.7], [0.9, 1.0, 1.1], [0.95, 0.95, 0.95]];
        var options = Quick with { Metric = (model, fold) => scores[model.LatentDimension - 1][fold.Number], AbandonAt = 100 };
        var result = Run(Factors(40), VaeSelection.Grid(Brief, latentDimensions: [1, 2, 3]), options);

        result.Best.Options.LatentDimension.Should().Be(2);
        result.Recommended.Should().BeSameAs(result.Best);
        result.Best.Metric.Mean.Should().BeApproximately(1, 1e-12);
        result.Best.Metric.StandardError.Should().BeApproximately(0.1 / Math.Sqrt(3), 1e-12);

        scores[0] = [0.95, 0.94, 0.95];
        result = Run(Factors(40), VaeSelection.Grid(Brief, latentDimensions: [1, 2, 3]), options);
        result.Recommended.Options.LatentDimension.Should().Be(1);
        result.BestIndex.Should().Be(1);
    }

    [Fact]
    public void A_candidate_that_diverges_is_reported_and_the_others_go_on()
    {
        var reports = new List<SelectionProgress>();
        var result = Run(
            Factors(40), [Diverging with { LatentDimension = 1 }, Brief],
            Quick with { Progress = new Told(reports.Add) });

        result.Candidates[0].Outcome.Should().Be(CandidateOutcome.Failed);
        result.Candidates[0].Failure.Should().StartWith("Fold 1: Training diverged");
        result.Candidates[1].Folds.Should().HaveCount(3);
        result.RecommendedIndex.Should().Be(1);
        result.ToString().Should().Contain("Candidate 1 failed. Fold 1: Training diverged");
        reports.Should().Contain(report => report.Candidate == 0 && report.Outcome == CandidateOutcome.Failed);
        reports[^1].Trainings.Should().Be(reports[^1].TrainingsAtMost + 2, "the trainings that failed count, and nothing more is to come");
    }

    [Fact]
    public void Where_no_candidate_can_be_trained_the_error_says_why() =>
        FluentActions.Invoking(() => Run(Factors(40), [Diverging], Quick)).Should().Throw<InvalidOperationException>()
            .WithMessage("No candidate could be trained. Candidate 1: Fold 1: Training diverged*");

    [Fact]
    public void A_fold_holds_out_rows_that_its_model_has_not_seen_and_all_folds_hold_out_all_rows()
    {
        float[] numbers = [.. Enumerable.Range(0, 50).Select(i => (float)i)];
        var heldOut = new List<float>();
        Run(new MatrixRows(FeatureLayout.Numeric(1), numbers), [Brief], Quick with { Metric = Metric });

        heldOut.Should().BeEquivalentTo(numbers);

        double Metric(VaeModel model, SelectionFold fold)
        {
            var held = Read(fold.HeldOutRows);
            heldOut.AddRange(held);
            held.Should().OnlyContain(number => fold.IsHeldOut((int)number));
            Read(fold.TrainingRows).Should().BeEquivalentTo(numbers.Except(held));
            (model.History.TrainingRows + model.History.ValidationRows).Should().Be(50 - held.Count);
            return 0;
        }
    }

    [Fact]
    public void In_other_units_log_p_is_another_and_standardized_log_p_is_the_same()
    {
        var rows = Factors(60);
        float[] values = [.. Read(rows).Select(value => value * 1024)];
        var first = Run(rows, [Brief], Quick).Best;
        var second = Run(new MatrixRows(rows.Layout, values), [Brief], Quick).Best;

        second.StandardizedLogLikelihood.Mean.Should().BeApproximately(first.StandardizedLogLikelihood.Mean, 1e-3);
        second.LogLikelihood.Mean.Should().BeApproximately(first.LogLikelihood.Mean - 12 * Math.Log(1024), 1e-3);
    }

    [Fact]
    public void The_result_depends_on_the_seed_and_not_on_threads_or_memory()
    {
        var rows = Factors(100);
        var candidates = VaeSelection.Grid(Brief with { Epochs = 5 }, latentDimensions: [1, 2, 3], betas: [0.5, 1]);
        var alone = VaeSelection.Run(new ManagedTrainer(), rows, candidates, Quick, new TrainingContext { ThreadCount = 1 });
        var together = VaeSelection.Run(
            new ManagedTrainer(), rows, candidates, Quick, new TrainingContext { ThreadCount = 4, MemoryBudget = 0 });
        var another = Run(rows, candidates, Quick with { Seed = 2 });

        Scores(together).Should().Equal(Scores(alone));
        Scores(another).Should().NotEqual(Scores(alone));

        static IEnumerable<FoldScore> Scores(SelectionResult result) => result.Candidates.SelectMany(candidate => candidate.Folds);
    }

    [Fact]
    public void Cancellation_ends_it()
    {
        using var source = new CancellationTokenSource();
        int trainings = 0;
        var options = Quick with { Progress = new Told(_ => Cancel()) };
        var context = new TrainingContext { CancellationToken = source.Token, ThreadCount = 2 };

        FluentActions.Invoking(() => VaeSelection.Run(
                new ManagedTrainer(), Factors(40), VaeSelection.Grid(Brief, latentDimensions: Enumerable.Range(1, 20)), options, context))
            .Should().Throw<OperationCanceledException>();
        trainings.Should().BeLessThanOrEqualTo(2);

        void Cancel()
        {
            trainings++;
            source.Cancel();
        }
    }

    [Fact]
    public void With_an_infinite_bound_no_candidate_is_abandoned()
    {
        var options = Quick with
        {
            Metric = (model, fold) => 100 * model.LatentDimension + 0.1 * fold.Number,
            AbandonAt = double.PositiveInfinity,
        };
        var candidates = VaeSelection.Grid(Brief, latentDimensions: [1, 2]);

        Run(Factors(40), candidates, options).Candidates.Should().OnlyContain(candidate => candidate.Folds.Count == 3);
        Run(Factors(40), candidates, options with { AbandonAt = 3 }).Candidates[0].Folds.Should().HaveCount(2);
    }

    [Fact]
    public void The_grid_has_every_combination_and_keeps_the_rest()
    {
        var grid = VaeSelection.Grid(
            Small, latentDimensions: [2, 4], betas: [0.5, 1, 2], noiseScales: [NoiseScaleOptions.Fixed(0.5)], hiddenLayers: [[8], [16, 8]]);

        grid.Should().HaveCount(12).And.OnlyHaveUniqueItems().And.OnlyContain(options => options.Epochs == Small.Epochs);
        grid.Select(options => ((KullbackLeiblerOptions)options.Regularizer).Beta).Distinct().Should().Equal(0.5, 1, 2);
        FluentActions.Invoking(() => VaeSelection.Grid(Small with { Regularizer = RegularizerOptions.InfoVae() }, betas: [1]))
            .Should().Throw<ArgumentException>().WithMessage("InfoVaeOptions has no β*");
    }

    [Fact]
    public void What_is_not_valid_is_named()
    {
        Rejected(Factors(40), [Small, Small with { LatentDimension = 0 }], Quick, "Candidate 2: *LatentDimension*");
        Rejected(Factors(40), [], Quick, "There are no candidates*");
        Rejected(Factors(40), [Small], Quick with { Folds = 1 }, "*Folds*between 2*");
        Rejected(Factors(40), [Small], Quick with { AbandonAt = double.NaN }, "*AbandonAt*");
        Rejected(Factors(5), [Small], Quick, "*Folds is 3, which takes at least 6 rows, but the table has 5*");
        Rejected(new MatrixRows(FeatureLayout.Numeric(1), new[] { 0, 1, float.PositiveInfinity }), [Small], Quick, "*row 2*");

        static void Rejected(IFeatureRows rows, VaeOptions[] candidates, SelectionOptions options, string message) =>
            FluentActions.Invoking(() => Run(rows, candidates, options)).Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void The_table_has_a_line_per_candidate_and_a_column_per_choice()
    {
        var candidates = VaeSelection.Grid(
            Brief, latentDimensions: [1, 2], noiseScales: [NoiseScaleOptions.Fixed(0.5), NoiseScaleOptions.Computed()]);
        string text = Run(Factors(40), candidates, Quick with { Metric = (_, fold) => fold.Number }).ToString();
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');

        lines[0].Should().MatchRegex(
            "^ +k +noise scale +weights +metric +log p\\(x\\), original units +log p\\(x\\), standardized +folds$");
        lines[1].Should().MatchRegex("^\\* 1 +1 +fixed 0.5 +[0-9,]+ +1.000 ± 0.577 +-[0-9.]+ ± [0-9.]+ +-[0-9.]+ ± [0-9.]+ +3$");
        lines[2].Should().StartWith("  2").And.Contain("fixed 0.5");
        lines[4].Should().StartWith("  4").And.Contain("computed");
        lines[5].Should().StartWith("* Recommended: k = 1, the highest metric");
    }

    private static SelectionResult Run(IFeatureRows rows, IReadOnlyList<VaeOptions> candidates, SelectionOptions options) =>
        VaeSelection.Run(new ManagedTrainer(), rows, candidates, options);

    private static List<float> Read(IFeatureRows rows)
    {
        using var reader = rows.Open();
        var values = new List<float>();
        var buffer = new float[7 * rows.Layout.RowWidth];
        for (int count = reader.Read(buffer, []); count > 0; count = reader.Read(buffer, []))
            values.AddRange(buffer.AsSpan(0, count * rows.Layout.RowWidth));
        return values;
    }

    /// <summary>Rows of twelve numbers that follow from three independent factors, with some noise.</summary>
    private static MatrixRows Factors(int rows)
    {
        const int columns = 12;
        var random = new Random(1);
        double[][] loadings = [.. Enumerable.Range(0, columns).Select(_ => Normals(3))];
        var values = new List<float>();
        for (int row = 0; row < rows; row++)
        {
            double[] factors = Normals(3);
            values.AddRange(loadings.Select(
                loading => (float)(loading.Zip(factors, (first, second) => first * second).Sum() + 0.3 * TestTables.Normal(random))));
        }

        return new MatrixRows(FeatureLayout.Numeric(columns), values.ToArray());

        double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => TestTables.Normal(random))];
    }

    private sealed class Told(Action<SelectionProgress> told) : IProgress<SelectionProgress>
    {
        public void Report(SelectionProgress value) => told(value);
    }
}
