using Vae.Options;

namespace Vae.Networks;

/// <summary>One dense layer and what follows it: y = dropout(activation(normalization(x·W + b))).</summary>
internal sealed record DenseShape(string Name, int Inputs, int Outputs, Activation Activation, bool BatchNormalization, double Dropout);
