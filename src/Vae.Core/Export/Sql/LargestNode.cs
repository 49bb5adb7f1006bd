namespace Vae.Export.Sql;

/// <summary>The largest of the values of a row, which a sum of exponentials must know first.</summary>
internal sealed class LargestNode(ScoringNode source) : ScoringNode(1)
{
    public ScoringNode Source { get; } = source;
}
