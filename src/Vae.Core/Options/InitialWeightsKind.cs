using Vae.Data;

namespace Vae.Options;

/// <summary>Where training begins.</summary>
public enum InitialWeightsKind
{
    /// <summary>At weights that are uniform by fan-in and fan-out (Glorot &amp; Bengio 2010).</summary>
    Random,

    /// <summary>
    /// At probabilistic PCA (Tipping &amp; Bishop 1999): the first units of every hidden layer hand the principal components of the
    /// training rows on, numeric slots standardized and one-hot slots as they are, missing values at 0; the other units begin at random and
    /// contribute nothing until they are trained. It is <see cref="Random"/> with <see cref="VaeOptions.BatchNormalization"/>, which would
    /// scale the components away, without <see cref="VaeOptions.HiddenLayers"/>, with
    /// <see cref="StandardizationMethod.MedianAndRange"/>, because outliers would be the components, and with conditions, which would be in
    /// the components, too.
    /// </summary>
    PrincipalComponents,
}
