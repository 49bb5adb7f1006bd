using static TorchSharp.torch;

namespace Vae.TorchSharp.Losses;

/// <summary>A minibatch on the device.</summary>
/// <param name="Values">The standardized rows, conditions included, 0 where missing [rows × row width].</param>
/// <param name="Targets">The modelled slots of them [rows × D].</param>
/// <param name="Mask">1 where a modelled value was observed and 0 where it is missing [rows × D]; null if nothing is missing.</param>
/// <param name="Weights">The weight of each row in the average over the minibatch: (its own weight) / rows [rows].</param>
/// <param name="Anchors">Where an earlier model has the rows in latent space [rows × k]; null if that does not count.</param>
internal sealed record TorchMinibatch(Tensor Values, Tensor Targets, Tensor? Mask, Tensor Weights, Tensor? Anchors = null);
