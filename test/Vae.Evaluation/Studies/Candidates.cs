using Vae.Options;
using Vae.Testing;

namespace Vae.Evaluation.Studies;

/// <summary>The options that were considered as defaults. A is where the experiment began; each letter builds on the one before.</summary>
internal static class Candidates
{
    /// <summary>Everything that the library's defaults set, as it was before the experiment.</summary>
    private const string Start =
        "HiddenLayers=128,64 Activation=ELU InputNoise=0 InputMasking=0 Epochs=300 EarlyStoppingPatience=40 LearningRate=0.002 ";

    private const string Deep = Start + "HiddenLayers=128,128,64 ";

    private const string Noisy = Deep + "Activation=GELU InputNoise=0.2 ";

    /// <summary>What the defaults have, but for the learning rate.</summary>
    private const string Slower = "LearningRate=0.002 ";

    private static readonly (string Name, string Text)[] Texts =
    [
        ("A: 128, 64, ELU", Start),
        ("A, one layer of 128", Start + "HiddenLayers=128"),
        ("A, nonlinear bottleneck", Start + "LinearBottleneck=false"),
        ("A, noise scale per slot", Start + "NoiseScale=Learned:PerSlot=true"),
        ("A, computed noise scale", Start + "NoiseScale=Computed"),
        ("A, fixed noise scale 1", Start + "NoiseScale=Fixed:Scale=1"),
        ("A, dropout 0.1", Start + "Dropout=0.1"),
        ("A, batch normalization", Start + "BatchNormalization=true"),
        ("B: 128, 128, 64, ELU", Deep),
        ("B, GELU", Deep + "Activation=GELU"),
        ("B, input noise 0.2", Deep + "InputNoise=0.2"),
        ("C: B, GELU, input noise 0.2", Noisy),
        ("C, 128, 64, 32", Noisy + "HiddenLayers=128,64,32"),
        ("C, learning rate 0.001", Noisy + "LearningRate=0.001"),
        ("D: C, 200 epochs, patience 30", Slower + "InputMasking=0"),
        ("D, input noise 0.3", Slower + "InputNoise=0.3 InputMasking=0"),
        ("D, dropout 0.05", Slower + "InputMasking=0 Dropout=0.05"),
        ("E: D, input masking 0.1", Slower),
        ("E, learning rate 0.003", "LearningRate=0.003"),
        ("E, learning rate 0.006", "LearningRate=0.006"),
        ("**E, learning rate 0.004: the defaults**", ""),
        ("the defaults, noise scale per slot", "NoiseScale=Learned:PerSlot=true"),
    ];

    /// <summary>With the random start of that time.</summary>
    public static IEnumerable<Method> All => Texts.Select(candidate => new Method(
        candidate.Name, OptionText.Apply(new VaeOptions { InitialWeights = InitialWeightsKind.Random }, candidate.Text)));
}
