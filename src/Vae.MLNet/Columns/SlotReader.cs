namespace Vae.MLNet.Columns;

/// <summary>Reads a column of the current row into its slots; NaN, or all zeros for a key, is missing.</summary>
/// <param name="slots">The column's slots of the row.</param>
internal delegate void SlotReader(Span<float> slots);
