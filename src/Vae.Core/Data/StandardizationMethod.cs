namespace Vae.Data;

/// <summary>Which location and scale of the training rows a numeric slot is standardized with. The scale of a normal distribution is its standard deviation in each.</summary>
public enum StandardizationMethod
{
    /// <summary>Mean and standard deviation.</summary>
    MeanAndDeviation,

    /// <summary>
    /// Median, and the distance from the 5th to the 95th percentile divided by the 3.29 standard deviations that it is on a normal distribution. Outliers in up
    /// to 5% of the rows on either side do not move them, where a single one can make the standard deviation as large as it likes and the ordinary values look
    /// alike. A slot whose two percentiles are equal, such as one that is nearly always 0, keeps mean and standard deviation. In a large table the percentiles
    /// are those of up to 65,536 rows, evenly spaced.
    /// </summary>
    MedianAndRange,
}
