namespace Vae.Reports.Page;

/// <summary>What the page shows, under the names that its script knows. It is written into the page as JSON.</summary>
internal sealed record ReportData
{
    /// <summary>A sentence or two below the title.</summary>
    public required string Lead { get; init; }

    public required Tile[] Tiles { get; init; }

    public required FindingLine[] Findings { get; init; }

    public required MapData Map { get; init; }

    public required DimensionCard[] Dimensions { get; init; }

    /// <summary>What is to be said of the dimensions that have no card; or empty.</summary>
    public required string OtherDimensions { get; init; }

    public required UnusualRow[] Unusual { get; init; }

    public required ScoreText Scores { get; init; }

    public required FeatureLine[] Features { get; init; }

    /// <summary>How the training went, in a sentence.</summary>
    public required string Training { get; init; }

    public required string Footer { get; init; }
}

/// <summary>A large number with its name and a note.</summary>
internal sealed record Tile(string Name, string Value, string Note);

/// <summary>A sentence of the diagnosis.</summary>
internal sealed record FindingLine(string Message, bool IsWarning);

/// <summary>The drawn rows.</summary>
/// <param name="Note">How many they are, and of how many.</param>
/// <param name="Names">What each row is called.</param>
/// <param name="Axes">Where each row is.</param>
/// <param name="Colours">What each row can be coloured by.</param>
internal sealed record MapData(string Note, string[] Names, MapAxis[] Axes, MapColour[] Colours);

/// <summary>A coordinate of each drawn row.</summary>
internal sealed record MapAxis(string Name, bool IsDimension, double[] Values);

/// <summary>A value of each drawn row: a number, or the index of a category; null where missing.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="IsInput">Whether the model knows the column.</param>
/// <param name="Categories">The categories; null for numbers.</param>
/// <param name="Values">One for each row.</param>
internal sealed record MapColour(string Name, bool IsInput, string[]? Categories, double[] Values);

/// <summary>What moves along a latent dimension.</summary>
internal sealed record DimensionCard(string Name, string Note, Effect[] Effects);

/// <summary>A feature that moves along a dimension, at <see cref="DimensionCards.Steps"/>.</summary>
internal sealed record Effect(string Name, double[] Values, string From, string To);

/// <summary>One of the rows with the highest scores.</summary>
internal sealed record UnusualRow(string Name, string Score, string PValue, bool IsAlarm, string[] Reasons);

/// <summary>What stands at the scores: a sentence.</summary>
internal sealed record ScoreText(string Note);

/// <summary>A feature in the table of columns.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What it holds.</param>
/// <param name="Typical">Its values in short.</param>
/// <param name="Missing">The part of the rows that have no value; or empty.</param>
/// <param name="Quality">How well it is reconstructed.</param>
/// <param name="Bar">The same as a part of 1.</param>
/// <param name="Flag">What is wrong with it; or empty.</param>
internal sealed record FeatureLine(
    string Name, string Kind, string Typical, string Missing, string Quality, double Bar, string Flag);
