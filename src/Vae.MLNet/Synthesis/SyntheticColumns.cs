namespace Vae.MLNet.Synthesis;

/// <summary>The columns of new rows.</summary>
[Flags]
public enum SyntheticColumns
{
    /// <summary>
    /// The columns that the model reads, as it reads them: Single, Boolean, keys with their values, vectors of Single with slot names and
    /// <c>CategoricalSlotRanges</c>. What follows the model in a pipeline takes them.
    /// </summary>
    Inputs = 1,

    /// <summary>
    /// A column for each feature, as a person reads it: Single, Boolean, or text ("Housing" is "own"), also of what is a part of a vector.
    /// </summary>
    Features = 2,
}
