namespace Vae.Export.Sql;

/// <summary>
/// Which steps of a graph become columns, and in which of the queries, one upon the other: what is used more than once is computed in a
/// query of its own before, because an expression that is repeated layer by layer would grow without bounds.
/// </summary>
internal sealed class SqlPlan
{
    private readonly List<ScoringNode> _ordered = [];
    private readonly Dictionary<ScoringNode, LargestNode> _largest = [];
    private readonly Dictionary<ScoringNode, int> _uses = [];
    private readonly Dictionary<ScoringNode, int> _stages = [];
    private readonly Dictionary<ScoringNode, int> _lastUses = [];

    public SqlPlan(ScoringGraph graph)
    {
        var visited = new HashSet<ScoringNode>();
        foreach (var output in graph.Outputs.Values)
            Visit(output, visited);
        foreach (var output in graph.Outputs.Values)
            _uses[output] = _uses.GetValueOrDefault(output) + 1;
        foreach (var node in Enumerable.Reverse(_ordered))
            CountUses(node);
        foreach (var node in _ordered)
            _stages[node] = StageOf(node);
        StageCount = _stages.Values.Max();
        foreach (var node in _ordered.Where(IsColumn))
            MarkUsed(Operands(node), _stages[node]);
        MarkUsed(graph.Outputs.Values, StageCount + 1);
    }

    /// <summary>The number of queries upon the one that reads the table.</summary>
    public int StageCount { get; }

    /// <summary>The steps that become columns, in the order in which they can be computed.</summary>
    public IEnumerable<ScoringNode> Columns => _ordered.Where(IsColumn);

    /// <summary>The query that computes a step; 0 reads the table.</summary>
    public int Stage(ScoringNode node) => _stages[node];

    /// <summary>The last query that uses a column.</summary>
    public int LastUse(ScoringNode node) => _lastUses.GetValueOrDefault(node, -1);

    /// <summary>The largest value of a step.</summary>
    public LargestNode Largest(ScoringNode source)
    {
        if (!_largest.TryGetValue(source, out var node)) _largest.Add(source, node = new LargestNode(source));
        return node;
    }

    /// <summary>Whether a step becomes columns, rather than a part of the expressions that use it.</summary>
    public bool IsColumn(ScoringNode node) => node switch
    {
        SliceNode or ConcatenationNode or TestNode => false,
        ReductionNode { Reduction: ScoringReduction.Sum, Source: SlotsNode } => false,
        SlotsNode or DenseNode or ActivationNode or LinesNode or KeptNode or LargestNode => true,
        _ => _uses.GetValueOrDefault(node) > 1,
    };

    private void Visit(ScoringNode node, HashSet<ScoringNode> visited)
    {
        if (!visited.Add(node)) return;
        foreach (var operand in Operands(node))
            Visit(operand, visited);
        _ordered.Add(node);
    }

    private IEnumerable<ScoringNode> Operands(ScoringNode node) => node switch
    {
        SlotsNode => [],
        StandardizedNode standardized => [standardized.Source],
        LinesNode lines => [lines.Source],
        SliceNode slice => [slice.Source],
        TestNode test => [test.Source],
        KeptNode kept => [kept.Source, kept.Mask],
        DenseNode dense => [dense.Source],
        ActivationNode activation => [activation.Source],
        FunctionNode function => [function.Source],
        AffineNode affine => [affine.Source],
        ClampNode clamp => [clamp.Source],
        ArithmeticNode arithmetic => [arithmetic.Left, arithmetic.Right],
        ReductionNode { Reduction: ScoringReduction.Sum } sum => [sum.Source],
        ReductionNode reduction => [reduction.Source, Largest(reduction.Source)],
        SoftmaxNode softmax => [softmax.Source, Largest(softmax.Source)],
        LargestNode largest => [largest.Source],
        ConcatenationNode concatenation => concatenation.Sources,
        _ => throw new NotSupportedException($"There is no SQL for {node.GetType().Name}."),
    };

    private void CountUses(ScoringNode node)
    {
        int times = node switch
        {
            DenseNode or ActivationNode or SoftmaxNode or LinesNode => 2,
            FunctionNode { Function: ScoringFunction.Softplus } => 2,
            AffineNode affine => affine.Factors.Count(factor => factor != 0) > affine.Source.Width ? 2 : 1,
            _ => 1,
        };
        if (!IsColumn(node)) times *= Math.Clamp(_uses.GetValueOrDefault(node), 1, 2);
        foreach (var operand in Operands(node))
            _uses[operand] = _uses.GetValueOrDefault(operand) + times;
    }

    private int StageOf(ScoringNode node)
    {
        int before = Operands(node).Select(operand => _stages[operand]).DefaultIfEmpty(-1).Max();
        return IsColumn(node) ? before + 1 : before;
    }

    private void MarkUsed(IEnumerable<ScoringNode> operands, int stage)
    {
        foreach (var operand in operands)
        {
            if (IsColumn(operand))
                _lastUses[operand] = Math.Max(LastUse(operand), stage);
            else
                MarkUsed(Operands(operand), stage);
        }
    }
}
