using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Vae.Data;
using Vae.Inference;
using Vae.Losses.Reconstruction;
using Vae.Networks;
using Vae.Options;
using Vae.Persistence;

namespace Vae.Export.Torch;

/// <summary>
/// A trained network as a Python file: the text of vae.py, and behind it what it is made of, as JSON, and the weights, as the base64 of
/// their floats (little-endian). Nothing in it is unpickled, and no text of the model's becomes Python: JSON's strings have no quotes.
/// </summary>
internal static class TorchModule
{
    /// <summary>A multiple of three bytes, so that pieces of base64 can be put together.</summary>
    private const int FloatsPerPiece = 12 * 1024;

    /// <summary>Writes the file.</summary>
    public static void Write(ModelParts parts, Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
        string version = LibraryVersion.Current;
        writer.WriteLine($"\"\"\"A variational autoencoder that Vae.MLNet {version} has trained, as a PyTorch module: Vae().\"\"\"");
        using (var template = new StreamReader(typeof(TorchModule).Assembly.GetManifestResourceStream("vae.py")!))
            writer.WriteLine(template.ReadToEnd().ReplaceLineEndings("\n"));
        writer.WriteLine();
        writer.WriteLine($"DESCRIPTION = json.loads(r'''{Describe(parts).ToJsonString()}''')");
        writer.WriteLine();
        writer.WriteLine("WEIGHTS = {");
        WriteNetwork(writer, "encoder", parts.Parameters.Shape.Encoder, parts.Parameters);
        WriteNetwork(writer, "decoder", parts.Parameters.Shape.Decoder, parts.Parameters);
        writer.WriteLine("}");
    }

    private static JsonObject Describe(ModelParts parts)
    {
        var decoder = new RowDecoder(parts.Layout, parts.Options, parts.Standardization, parts.Parameters);
        var likelihoods = decoder.Likelihoods.Where(likelihood => likelihood is CategoricalLikelihood or BernoulliLikelihood);
        return new JsonObject
        {
            ["layout"] = JsonNode.Parse(JsonSerializer.Serialize(LayoutHeader.Of(parts.Layout), HeaderJson.Default.LayoutHeader)),
            ["slotCount"] = parts.Layout.SlotCount,
            ["latentDimension"] = parts.Parameters.Shape.LatentDimension,
            ["means"] = Numbers(parts.Standardization.Means),
            ["deviations"] = Numbers(parts.Standardization.Deviations),
            ["farthest"] = Standardization.Farthest,
            ["maps"] = new JsonArray([.. Enumerable.Range(0, parts.Layout.RowWidth).Select(slot => Map(parts.Standardization, slot))
                .Where(map => map is not null)]),
            ["encoder"] = Layers(parts.Parameters.Shape.Encoder),
            ["decoder"] = Layers(parts.Parameters.Shape.Decoder),
            ["epsilon"] = VaeOptions.NormalizationEpsilon,
            ["momentum"] = VaeOptions.NormalizationMomentum,
            ["logVariances"] = Numbers([VaeOptions.SmallestLogVariance, VaeOptions.LargestLogVariance]),
            ["probabilities"] = new JsonArray([.. likelihoods.Select(likelihood => new JsonArray(
                likelihood is CategoricalLikelihood ? "softmax" : "sigmoid", likelihood.Start, likelihood.Start + likelihood.Length))]),
            ["logNoiseScale"] = Numbers(decoder.Noise.Logs.AsSpan(0, parts.Layout.SlotCount).ToArray().Select(log => (double)log)),
        };
    }

    private static JsonArray Layers(IEnumerable<DenseShape> shapes) => new([.. shapes.Select(shape => new JsonObject
    {
        ["inputs"] = shape.Inputs,
        ["outputs"] = shape.Outputs,
        ["normalized"] = shape.BatchNormalization,
        ["activation"] = shape.Activation.ToString(),
        ["dropout"] = shape.Dropout,
    })]);

    /// <summary>The number of a slot with a map, then the lines there and back.</summary>
    private static JsonArray? Map(Standardization standardization, int slot)
    {
        if (standardization.MapOf(slot) is not { } map) return null;
        var row = new SlotsNode(FeatureKind.Numeric, slot, 1);
        return new JsonArray(slot, Lines(QuantileSteps.Score(row, map)), Lines(QuantileSteps.Value(row, map)));
    }

    private static JsonArray Lines(LinesNode node) => new(
        Numbers(node.Thresholds), Numbers(node.Lines.Select(line => line.Origin)), Numbers(node.Lines.Select(line => line.Base)),
        Numbers(node.Lines.Select(line => line.Slope)));

    private static JsonArray Numbers(IEnumerable<double> numbers) => new([.. numbers.Select(number => (JsonNode)number)]);

    private static void WriteNetwork(StreamWriter writer, string name, IReadOnlyList<DenseShape> shapes, VaeParameters parameters)
    {
        for (int i = 0; i < shapes.Count; i++)
        {
            var shape = shapes[i];
            float[] weights = Transposed(parameters.Weights.Export(TensorNames.Weight(shape)), shape.Inputs, shape.Outputs);
            Write($"{i}.dense.weight", weights, $"[{shape.Outputs}, {shape.Inputs}]");
            WriteVector($"{i}.dense.bias", parameters.Weights, TensorNames.Bias(shape));
            if (!shape.BatchNormalization) continue;
            WriteVector($"{i}.norm.weight", parameters.Weights, TensorNames.Scale(shape));
            WriteVector($"{i}.norm.bias", parameters.Weights, TensorNames.Shift(shape));
            WriteVector($"{i}.norm.running_mean", parameters.Buffers, TensorNames.RunningMean(shape));
            WriteVector($"{i}.norm.running_var", parameters.Buffers, TensorNames.RunningVariance(shape));
        }

        void WriteVector(string tensor, TensorSet tensors, string stored)
        {
            float[] values = tensors.Export(stored);
            Write(tensor, values, $"[{values.Length}]");
        }

        void Write(string tensor, float[] values, string shape)
        {
            writer.Write($"    \"{name}.{tensor}\": ({shape}, \"");
            foreach (float[] piece in values.Chunk(FloatsPerPiece))
                writer.Write(Base64(piece));
            writer.WriteLine("\"),");
        }
    }

    private static float[] Transposed(float[] matrix, int rows, int columns)
    {
        float[] transposed = new float[matrix.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
                transposed[column * rows + row] = matrix[row * columns + column];
        }

        return transposed;
    }

    private static string Base64(float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return Convert.ToBase64String(bytes);
    }
}
