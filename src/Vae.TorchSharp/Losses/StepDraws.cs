using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>Everything random in a training step, one row for each row of the minibatch.</summary>
/// <param name="Noise">ε [rows × k], normal.</param>
/// <param name="InputNoise">The noise of denoising [rows × row width], normal; null if there is none.</param>
/// <param name="Masking">What denoising hides [rows × row width], uniform; null if nothing.</param>
/// <param name="Dropout">What dropout drops [rows × dropout columns], uniform; null if nothing.</param>
/// <param name="Prior">A sample of the prior [rows × k], normal; null if the regularizer needs none.</param>
internal sealed record StepDraws(
    Tensor Noise, Tensor? InputNoise = null, Tensor? Masking = null, Tensor? Dropout = null, Tensor? Prior = null);
