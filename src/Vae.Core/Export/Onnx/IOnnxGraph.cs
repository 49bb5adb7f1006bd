namespace Vae.Export.Onnx;

/// <summary>An ONNX graph in the making, whoever keeps it.</summary>
internal interface IOnnxGraph
{
    /// <summary>Adds a tensor of numbers; no shape makes it a scalar.</summary>
    /// <returns>Its name.</returns>
    string Constant(float[] values, params long[] shape);

    /// <summary>Adds a vector of whole numbers.</summary>
    /// <returns>Its name.</returns>
    string Constant(long[] values);

    /// <summary>Adds an operator of the domain ai.onnx with one result.</summary>
    /// <returns>The result's name.</returns>
    string Node(string operation, string[] inputs, params OnnxAttribute[] attributes);
}

/// <summary>An attribute of an operator. None is ever 0: ML.NET's converter loses those.</summary>
/// <param name="Name">The name.</param>
/// <param name="Value">The number, or the only one of a list.</param>
/// <param name="IsList">Whether it is a list.</param>
internal readonly record struct OnnxAttribute(string Name, long Value, bool IsList = false);
