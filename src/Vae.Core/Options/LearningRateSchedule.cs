namespace Vae.Options;

/// <summary>How the learning rate changes in the course of training.</summary>
public enum LearningRateSchedule
{
    /// <summary>It does not.</summary>
    Constant,

    /// <summary>It falls from the full rate to 1% of it along half a cosine wave over all epochs (Loshchilov &amp; Hutter 2017).</summary>
    Cosine,
}

/// <summary>What the schedules compute.</summary>
internal static class LearningRateScheduleExtensions
{
    private const double CosineFloor = 0.01;

    /// <summary>The factor after <paramref name="epoch"/> epochs (fractions count) of <paramref name="epochs"/>.</summary>
    public static double FactorAt(this LearningRateSchedule schedule, double epoch, int epochs)
    {
        if (schedule == LearningRateSchedule.Constant) return 1;
        double wave = 0.5 * (1 + Math.Cos(Math.PI * epoch / epochs));
        return CosineFloor + (1 - CosineFloor) * wave;
    }
}
