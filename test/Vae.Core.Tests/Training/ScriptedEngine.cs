using Vae.Networks;
using Vae.Options;
using Vae.Training;
using Vae.Training.Engines;
using Vae.Training.Rows;

namespace Vae.Tests.Training;

/// <summary>
/// An engine that computes nothing: it writes down what the training loop asks for and reports the validation losses of a script.
/// </summary>
internal sealed class ScriptedEngine(params double[] validationLosses) : ITrainingEngine
{
    private double _rows;
    private LossSums _validation;

    public List<StepSettings> Steps { get; } = [];

    public List<int> Counts { get; } = [];

    /// <summary>The epochs, counted from 1, after which the weights were saved.</summary>
    public List<int> Saved { get; } = [];

    /// <summary>Called in each step.</summary>
    public Action<int>? OnStep { get; init; }

    /// <summary>Called with the number of the first row of each evaluation.</summary>
    public Action<long>? OnEvaluate { get; init; }

    /// <summary>What each epoch reports as the training loss.</summary>
    public Func<int, double> TrainingLoss { get; init; } = _ => 1;

    /// <summary>What becomes of the weights that each epoch saves.</summary>
    public Action<int, VaeParameters> OnSave { get; init; } = (_, _) => { };

    public int Epochs { get; private set; }

    public string Name => "Scripted";

    public double NoiseScale => 0.5;

    public void BeginBlock(RowBlock block)
    {
    }

    public void Step(int first, int count, StepSettings settings)
    {
        Steps.Add(settings);
        Counts.Add(count);
        _rows += count;
        OnStep?.Invoke(Steps.Count);
    }

    public LossSums TakeLosses()
    {
        if (_rows == 0) return TakeValidationLosses();
        Epochs++;
        double loss = TrainingLoss(Epochs);
        var sums = new LossSums(_rows, 0.7 * loss * _rows, 0.3 * loss * _rows, 0.3 * loss * _rows, loss * _rows, loss * _rows);
        _rows = 0;
        return sums;
    }

    public void Evaluate(int first, int count, long number)
    {
        double loss = validationLosses[Epochs - 1];
        _validation += new LossSums(count, loss * count, 0, 0, loss * count, loss * count);
        OnEvaluate?.Invoke(number);
    }

    public void Save(VaeParameters target)
    {
        Saved.Add(Epochs);
        OnSave(Epochs, target);
    }

    public void Save(EngineState target) => throw new NotSupportedException();

    public void Restore(EngineState source) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private LossSums TakeValidationLosses()
    {
        var sums = _validation;
        _validation = default;
        return sums;
    }

    /// <summary>Runs the loop over this engine.</summary>
    public VaeModel Run(VaeOptions options, int rows, TrainingContext? context = null)
    {
        context ??= new TrainingContext();
        using var session = TrainingSession.Begin(TestTables.Noise(rows, 3), options, context);
        return new TrainingLoop(session, this).Run();
    }
}
