namespace Vae.Options;

/// <summary>The numbers of the independent random streams that <see cref="VaeOptions.Seed"/> gives.</summary>
internal static class RandomStreams
{
    /// <summary>The initial weights.</summary>
    public const ulong Initialization = 1;

    /// <summary>Which rows are held out.</summary>
    public const ulong Split = 2;

    /// <summary>ε of the training steps.</summary>
    public const ulong Noise = 3;

    /// <summary>ε of the validation rows; the same in every epoch.</summary>
    public const ulong ValidationNoise = 4;

    /// <summary>Input noise of denoising.</summary>
    public const ulong InputNoise = 5;

    /// <summary>Input masking of denoising.</summary>
    public const ulong InputMasking = 6;

    /// <summary>The prior sample of a maximum mean discrepancy.</summary>
    public const ulong PriorSample = 7;

    /// <summary>Which half of the values a quantile sketch drops.</summary>
    public const ulong QuantileSketch = 8;

    /// <summary>Which rows calibrate a detector.</summary>
    public const ulong Calibration = 9;

    /// <summary>Latent vectors and noise of filled values.</summary>
    public const ulong Imputation = 10;

    /// <summary>New rows; by the seed that they are drawn with.</summary>
    public const ulong NewRows = 11;

    /// <summary>What is drawn before new rows are: the latent vectors that a mixture is fitted to, and candidates.</summary>
    public const ulong Latents = 12;

    /// <summary>The directions from which the search for principal axes starts; the same for every seed.</summary>
    public const ulong PrincipalAxes = 13;

    /// <summary>Which rows a report draws.</summary>
    public const ulong DrawnRows = 20;

    /// <summary>Which rows are held out together when candidates are compared.</summary>
    public const ulong Folds = 30;

    /// <summary>The draws of log p(x) of rows that are held out when candidates are compared.</summary>
    public const ulong FoldLikelihood = 31;

    /// <summary>Dropout in the encoder; each dropout layer has the next number.</summary>
    public const ulong EncoderDropout = 1000;

    /// <summary>Dropout in the decoder; each dropout layer has the next number.</summary>
    public const ulong DecoderDropout = 1500;

    /// <summary>The order of the pages of a table that does not fit in memory; each epoch has the next number.</summary>
    public const ulong PageShuffle = 1UL << 62;

    /// <summary>
    /// The order of the rows; each epoch has the next number, each further window of a table that does not fit in memory is 2³² on.
    /// </summary>
    public const ulong Shuffle = 1_000_000;
}
