namespace Vae.MLNet.Columns;

/// <summary>The types of columns that a VAE reads. The numbers are part of the file format.</summary>
internal enum InputColumnKind : byte
{
    /// <summary>A vector of Single of known size, dense or sparse.</summary>
    Vector = 0,

    /// <summary>Single.</summary>
    Single = 1,

    /// <summary>Boolean.</summary>
    Boolean = 2,

    /// <summary>A key of known cardinality: one slot per value.</summary>
    Key = 3,
}
