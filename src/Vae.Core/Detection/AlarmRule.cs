namespace Vae.Detection;

/// <summary>When p = (1 + count)/(n + 1) is at most α.</summary>
internal static class AlarmRule
{
    /// <summary>What rounding may take from α·(n + 1).</summary>
    private const double Rounding = 1e-9;

    /// <summary>The p-value of a row that so many calibration scores reach.</summary>
    public static float PValue(int count, int calibrationRows) => (float)((1.0 + count) / (calibrationRows + 1.0));

    /// <summary>Whether a p-value is at most α.</summary>
    public static bool IsAlarm(int count, int calibrationRows, double falseAlarmRate) =>
        count <= MostScores(calibrationRows, falseAlarmRate);

    /// <summary>The largest number of calibration scores that may reach the row of an alarm; −1 if there can be none.</summary>
    public static int MostScores(int calibrationRows, double falseAlarmRate) =>
        (int)Math.Floor(falseAlarmRate * (calibrationRows + 1.0) * (1 + Rounding)) - 1;

    /// <summary>The smallest number of calibration rows with which an alarm is possible.</summary>
    public static long RowsNeeded(double falseAlarmRate) => (long)Math.Ceiling(1 / falseAlarmRate * (1 - Rounding)) - 1;
}
