using Microsoft.ML.Data;
using Microsoft.ML.Model.OnnxConverter;
using Vae.Export.Onnx;

namespace Vae.Export.Tests;

/// <summary>
/// ML.NET's side of a conversion: it keeps the names of columns and variables as ML.NET's converter does, and makes a file of what it was
/// told.
/// </summary>
internal sealed class RecordingContext : OnnxContext
{
    private readonly OnnxFile _file = new();
    private readonly Dictionary<string, string> _columns = [];
    private readonly HashSet<string> _variables = [];
    private readonly Dictionary<string, string> _values = [];

    /// <summary>The operators, in order.</summary>
    public List<RecordedNode> Nodes { get; } = [];

    /// <summary>The oldest set of operators that was asked for.</summary>
    public int OperatorSet { get; private set; }

    /// <summary>A column that the graph begins with.</summary>
    public void AddInput(string column, int width) => _values.Add(AddVariable(column), _file.Input(column, width));

    /// <summary>The file, with some columns as outputs; all of them as floats.</summary>
    public byte[] Write(params (string Column, int Width)[] outputs)
    {
        foreach (var node in Nodes)
            _values.Add(node.Output, _file.Node(node.Operation, [.. node.Inputs.Select(input => _values[input])], [.. node.Attributes]));
        foreach (var (column, width) in outputs)
        {
            _file.Take($"{column}.onnx");
            _file.Output($"{column}.onnx", OnnxOperators.ToFloat(_file, _values[GetVariableName(column)]), width);
        }

        using var stream = new MemoryStream();
        _file.Write(stream, "0", []);
        return stream.ToArray();
    }

    public override string GetNodeName(string prefix) => Unique(prefix, [.. Nodes.Select(node => node.Name)]);

    public override bool IsVariableDefined(string variableName) => _variables.Contains(variableName);

    public override bool ContainsColumn(string colName) => _columns.ContainsKey(colName);

    public override void CheckOpSetVersion(int thisTransformerMinumumOpSetVersion, string registerTransformerName) =>
        OperatorSet = Math.Max(OperatorSet, thisTransformerMinumumOpSetVersion);

    public override void RemoveColumn(string colName, bool removeVariable) => _columns.Remove(colName);

    public override void RemoveVariable(string variableName, bool removeColumn) => throw new NotSupportedException();

    public override void RemoveInputVariable(string colName) => throw new NotSupportedException();

    public override string GetVariableName(string colName) => _columns[colName];

    public override string AddIntermediateVariable(DataViewType? type, string colName, bool skip = false) => AddVariable(colName);

    public override OnnxNode CreateNode(
        string opType, IEnumerable<string> inputs, IEnumerable<string> outputs, string name, string? domain = null)
    {
        var node = new RecordedNode(opType, [.. inputs], outputs.Single(), name, domain);
        Nodes.Add(node);
        return node;
    }

    public override OnnxVersion GetOnnxVersion() => OnnxVersion.Stable;

    public override List<long> RetrieveShapeOrNull(string variableName) => throw new NotSupportedException();

    public override string AddInitializer(float value, string? name = null, bool makeUniqueName = true) =>
        Keep(name, _file.Constant([value]));

    public override string AddInitializer(
        IEnumerable<float> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        Keep(name, _file.Constant([.. values], [.. dims]));

    public override string AddInitializer(
        IEnumerable<long> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        Keep(name, _file.Constant([.. values]));

    public override string AddInitializer(bool value, string? name = null, bool makeUniqueName = true) => throw new NotSupportedException();

    public override string AddInitializer(int value, Type type, string? name = null, bool makeUniqueName = true) =>
        throw new NotSupportedException();

    public override string AddInitializer(string value, string? name = null, bool makeUniqueName = true) =>
        throw new NotSupportedException();

    public override string AddInitializer(long value, string? name = null, bool makeUniqueName = true) => throw new NotSupportedException();

    public override string AddInitializer(double value, string? name = null, bool makeUniqueName = true) =>
        throw new NotSupportedException();

    public override string AddInitializer(ulong value, bool isUint64, string? name = null, bool makeUniqueName = true) =>
        throw new NotSupportedException();

    public override string AddInitializer(
        IEnumerable<bool> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        throw new NotSupportedException();

    public override string AddInitializer(
        IEnumerable<int> values, Type type, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        throw new NotSupportedException();

    public override string AddInitializer(
        IEnumerable<string> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        throw new NotSupportedException();

    public override string AddInitializer(
        IEnumerable<double> values, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        throw new NotSupportedException();

    public override string AddInitializer(
        IEnumerable<ulong> values, bool isUint64, IEnumerable<long> dims, string? name = null, bool makeUniqueName = true) =>
        throw new NotSupportedException();

    private string Keep(string? name, string value)
    {
        string variable = AddVariable(name ?? "values");
        _values.Add(variable, value);
        return variable;
    }

    private string AddVariable(string column)
    {
        string variable = Unique(column, _variables);
        _variables.Add(variable);
        return _columns[column] = variable;
    }

    private static string Unique(string prefix, HashSet<string> taken)
    {
        string name = prefix;
        for (int number = 0; taken.Contains(name); number++)
            name = FormattableString.Invariant($"{prefix}{number}");
        return name;
    }
}

/// <summary>An operator that a transformer has added.</summary>
internal sealed class RecordedNode(string operation, string[] inputs, string output, string name, string? domain) : OnnxNode
{
    public string Operation { get; } = operation;

    public string[] Inputs { get; } = inputs;

    public string Output { get; } = output;

    public string Name { get; } = name;

    public string? Domain { get; } = domain;

    public List<OnnxAttribute> Attributes { get; } = [];

    public override void AddAttribute(string argName, long value) => Attributes.Add(new OnnxAttribute(argName, value));

    public override void AddAttribute(string argName, IEnumerable<long> value) =>
        Attributes.Add(new OnnxAttribute(argName, value.Single(), IsList: true));

    public override void AddAttribute(string argName, double value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, ReadOnlyMemory<char> value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, string value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, bool value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, IEnumerable<double> value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, IEnumerable<float> value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, IEnumerable<ReadOnlyMemory<char>> value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, string[] value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, IEnumerable<string> value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, IEnumerable<bool> value) => throw new NotSupportedException();

    public override void AddAttribute(string argName, Type value) => throw new NotSupportedException();
}
