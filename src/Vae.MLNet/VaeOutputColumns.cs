using Vae.MLNet.Columns;

namespace Vae.MLNet;

/// <summary>The columns that a <see cref="VaeEmbeddingTransformer"/> can append besides the embedding and its log-variance.</summary>
[Flags]
public enum VaeOutputColumns
{
    /// <summary>None.</summary>
    None = OutputColumnKinds.None,

    /// <summary>"{output}Score" (Single): reconstruction term + KL at z = μ, in nats; higher is more unusual.</summary>
    Score = OutputColumnKinds.Score,

    /// <summary>
    /// "{output}CellScores" (vector, one value per input slot): each slot's own reconstruction term; 0 where the value is missing.
    /// </summary>
    CellScores = OutputColumnKinds.CellScores,

    /// <summary>
    /// "{output}Reconstruction" (vector, one value per input slot): what the model expects, in original units; probabilities for
    /// categorical slots.
    /// </summary>
    Reconstruction = OutputColumnKinds.Reconstruction,

    /// <summary>
    /// "{output}Reasons" (vector of text, <see cref="VaeEmbeddingEstimator.Options.ReasonCount"/> of them): why the row is unusual, such as
    /// "Amount is 9,950, expected 87 to 140"; empty where there are fewer reasons. It takes two evaluations for each feature, of up to 64,
    /// and is left out of ONNX.
    /// </summary>
    Reasons = OutputColumnKinds.Reasons,

    /// <summary>All numbers: those but <see cref="Reasons"/>, which costs many times what they do.</summary>
    All = Score | CellScores | Reconstruction,
}
