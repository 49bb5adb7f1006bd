
namespace Vae.Tests.Reference;

/// <summary>What the reference computes of a minibatch: averages over its rows.</summary>
internal sealed record ReferenceLosses(double Loss, double Reconstruction, double KullbackLeibler, double Regularizer);
