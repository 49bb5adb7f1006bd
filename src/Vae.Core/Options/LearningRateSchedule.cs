namespace Vae.Options;

/// <summary>How the learning rate changes in the course of training.</summary>
public enum LearningRateSchedule
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>It falls from the full rate to 1% of it along half a cosine wave over all epochs (Loshchilov &amp; Hutter 2017).</summary>
    Cosine,
}
