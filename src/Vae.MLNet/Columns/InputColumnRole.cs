namespace Vae.MLNet.Columns;

/// <summary>What a column is read for. The numbers are part of the file format.</summary>
internal enum InputColumnRole : byte
{
    /// <summary>Its slots are modelled: encoded, and reconstructed.</summary>
    Modelled = 0,

    /// <summary>Its slots are given to encoder and decoder, and never reconstructed.</summary>
    Condition = 1,
}
