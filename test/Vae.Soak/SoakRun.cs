using System.Diagnostics;

namespace Vae.Soak;

/// <summary>Rounds until the time is over or something is not as it should be.</summary>
/// <param name="output">Told what has been done, once a minute.</param>
/// <param name="seed">What the rounds draw at random.</param>
/// <param name="round">A round: given its number and an empty folder, it counts what it does.</param>
internal sealed class SoakRun(TextWriter output, int seed, Action<int, string, Tally> round)
{
    /// <summary>Runs. Returns 1 if there was a difference, and keeps the files then.</summary>
    /// <param name="time">How long; at least one round is run.</param>
    /// <param name="first">The number of the first round.</param>
    public int Run(TimeSpan time, int first)
    {
        string folder = Directory.CreateTempSubdirectory("vae-soak-").FullName;
        var clock = Stopwatch.StartNew();
        var tally = new Tally();
        int number = first;
        output.WriteLine($"seed {seed}");
        try
        {
            int minute = 1;
            do
            {
                string files = Directory.CreateDirectory(Path.Combine(folder, $"round-{number}")).FullName;
                round(number, files, tally);
                Directory.Delete(files, recursive: true);
                number++;
                for (; clock.Elapsed.TotalMinutes >= minute; minute++)
                    output.WriteLine($"minute {minute}: {tally}");
            }
            while (clock.Elapsed < time);
        }
        catch (Exception exception)
        {
            output.WriteLine($"DIFFERENCE in round {number}: {(exception is Difference ? exception.Message : exception)}");
            output.WriteLine($"The files are in {folder}. The same table again: --seed {seed} --round {number}");
            return 1;
        }

        Directory.Delete(folder);
        output.WriteLine($"no difference in {clock.Elapsed.TotalMinutes:0.0} minutes: {tally}");
        return 0;
    }
}
