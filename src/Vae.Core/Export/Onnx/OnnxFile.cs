namespace Vae.Export.Onnx;

/// <summary>A graph that becomes an ONNX file. The numbers of the fields are those of the published schema, onnx.proto.</summary>
internal sealed class OnnxFile : IOnnxGraph
{
    /// <summary>The set of operators: old enough for every engine in use.</summary>
    private const int OperatorSet = 13;

    /// <summary>The version of the file format that goes with it.</summary>
    private const int FormatVersion = 7;

    private const int Float = 1;
    private const int Int64 = 7;

    private readonly HashSet<string> _names = [];
    private readonly List<Action<ProtobufWriter>> _inputs = [];
    private readonly List<Action<ProtobufWriter>> _outputs = [];
    private readonly List<Action<ProtobufWriter>> _constants = [];
    private readonly List<Action<ProtobufWriter>> _nodes = [];
    private long _constantBytes;
    private int _next;

    /// <summary>Adds an input float[N, width].</summary>
    /// <exception cref="NotSupportedException">The name is taken.</exception>
    public string Input(string name, int width)
    {
        Take(name);
        _inputs.Add(writer => WriteMatrix(writer, name, width));
        return name;
    }

    /// <summary>Takes the name of an output before anything else does.</summary>
    /// <exception cref="NotSupportedException">The name is taken.</exception>
    public void Take(string name)
    {
        if (!_names.Add(name))
        {
            throw new NotSupportedException(
                $"Two of the ONNX model's inputs and outputs would have the name '{name}'. {nameof(OnnxInputs.OneTensor)} does without "
                + "the names of columns.");
        }
    }

    /// <summary>Adds an output float[N, width], whose name was taken.</summary>
    public void Output(string name, string value, int width)
    {
        _nodes.Add(writer => WriteNode(writer, "Identity", [value], name, []));
        _outputs.Add(writer => WriteMatrix(writer, name, width));
    }

    /// <inheritdoc/>
    public string Constant(float[] values, params long[] shape)
    {
        string name = NewName("constant");
        _constantBytes += sizeof(float) * (long)values.Length;
        _constants.Add(writer => WriteConstant(writer, name, Float, shape, values));
        return name;
    }

    /// <inheritdoc/>
    public string Constant(long[] values)
    {
        string name = NewName("constant");
        _constants.Add(writer =>
        {
            WriteHead(writer, name, Int64, [values.Length]);
            writer.Write(9, values);
        });
        return name;
    }

    /// <inheritdoc/>
    public string Node(string operation, string[] inputs, params OnnxAttribute[] attributes)
    {
        string name = NewName(operation);
        _nodes.Add(writer => WriteNode(writer, operation, inputs, name, attributes));
        return name;
    }

    /// <summary>Writes the file.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="version">The version of the library.</param>
    /// <param name="metadata">What else the file tells.</param>
    /// <exception cref="NotSupportedException">The weights are more than the format holds.</exception>
    public void Write(Stream stream, string version, IEnumerable<KeyValuePair<string, string>> metadata)
    {
        if (_constantBytes > Array.MaxLength / 2)
        {
            throw new NotSupportedException(
                $"The model has {_constantBytes} bytes of weights; an ONNX file is written up to {Array.MaxLength / 2}.");
        }

        var file = new ProtobufWriter();
        file.Write(1, FormatVersion);
        file.Write(2, "Vae.MLNet");
        file.Write(3, version);
        file.Write(7, WriteGraph);
        file.Write(8, set => set.Write(2, OperatorSet));
        foreach (var (key, value) in metadata)
        {
            file.Write(14, entry =>
            {
                entry.Write(1, key);
                entry.Write(2, value);
            });
        }

        file.CopyTo(stream);
    }

    private string NewName(string prefix)
    {
        string name;
        do
            name = FormattableString.Invariant($"vae/{prefix}/{_next++}");
        while (!_names.Add(name));
        return name;
    }

    private void WriteGraph(ProtobufWriter graph)
    {
        WriteAll(graph, 1, _nodes);
        graph.Write(2, "vae");
        WriteAll(graph, 5, _constants);
        WriteAll(graph, 11, _inputs);
        WriteAll(graph, 12, _outputs);
    }

    private static void WriteAll(ProtobufWriter graph, int field, List<Action<ProtobufWriter>> messages)
    {
        foreach (var message in messages)
            graph.Write(field, message);
    }

    private static void WriteNode(ProtobufWriter node, string operation, string[] inputs, string output, OnnxAttribute[] attributes)
    {
        foreach (string input in inputs)
            node.Write(1, input);
        node.Write(2, output);
        node.Write(3, output);
        node.Write(4, operation);
        foreach (var attribute in attributes)
            node.Write(5, writer => WriteAttribute(writer, attribute));
    }

    private static void WriteAttribute(ProtobufWriter writer, OnnxAttribute attribute)
    {
        const int integer = 2;
        const int integers = 7;
        writer.Write(1, attribute.Name);
        writer.Write(attribute.IsList ? 8 : 3, attribute.Value);
        writer.Write(20, attribute.IsList ? integers : integer);
    }

    private static void WriteConstant(ProtobufWriter tensor, string name, int type, long[] shape, float[] values)
    {
        WriteHead(tensor, name, type, shape);
        tensor.Write(9, values);
    }

    private static void WriteHead(ProtobufWriter tensor, string name, int type, long[] shape)
    {
        foreach (long length in shape)
            tensor.Write(1, length);
        tensor.Write(2, type);
        tensor.Write(8, name);
    }

    /// <summary>A value float[N, width].</summary>
    private static void WriteMatrix(ProtobufWriter value, string name, int width)
    {
        value.Write(1, name);
        value.Write(2, type => type.Write(1, tensor =>
        {
            tensor.Write(1, Float);
            tensor.Write(2, shape =>
            {
                shape.Write(1, rows => rows.Write(2, "N"));
                shape.Write(1, columns => columns.Write(1, width));
            });
        }));
    }
}
