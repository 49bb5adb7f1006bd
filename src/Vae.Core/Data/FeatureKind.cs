namespace Vae.Data;

/// <summary>What the slots of a <see cref="FeatureGroup"/> hold, and with it the likelihood that models them.</summary>
public enum FeatureKind
{
    /// <summary>Real numbers, one independent value per slot; standardized inside the library. NaN is missing.</summary>
    Numeric,

    /// <summary>Independent yes/no values, one per slot, each 0 or 1. NaN is missing.</summary>
    Binary,

    /// <summary>One categorical value over all slots of the group: one slot is 1 and the others 0. All zero, or any NaN, is missing.</summary>
    OneHot,
}
