using FluentAssertions;
using Xunit;
using Xunit.Abstractions;

namespace Vae.Tests.Trust.TrainedBits;

/// <summary>
/// Trained models do not change by accident. trained-bits.txt has the bits of every case for each <see cref="Arithmetic"/> that has been
/// met; a deliberate change replaces its lines. <see cref="ChildProgram.Bits"/> writes them.
/// </summary>
public sealed class TrainedBitsTests(ITestOutputHelper output)
{
    [Fact]
    public void Trainings_give_the_recorded_bits_on_1_and_2_threads()
    {
        string[] lines = [.. Lines(2)];
        Lines(1).Should().Equal(lines, "the number of threads does not change a bit");
        lines.Should().OnlyHaveUniqueItems(line => line.Split(' ', 3)[1], "every case trains another model");

        string[] recorded = [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Trust", "TrainedBits", "trained-bits.txt"))
            .SkipWhile(line => line != Heading).Skip(1).TakeWhile(line => line.Length > 0)];
        if (recorded.Length == 0)
        {
            output.WriteLine($"trained-bits.txt has no {Heading}: only 1 and 2 threads have been compared. Its lines would be:");
            Array.ForEach(lines, output.WriteLine);
            return;
        }

        string[] changed = [.. lines.Except(recorded)];
        string.Join('\n', changed).Should().BeEmpty("these would be new lines below {0} in trained-bits.txt", Heading);
        lines.Should().Equal(recorded, "every line of trained-bits.txt is a case");
    }

    /// <summary>Writes the part of trained-bits.txt for this machine.</summary>
    internal static void Write(TextWriter writer)
    {
        writer.WriteLine(Heading);
        foreach (string line in Lines(1))
            writer.WriteLine(line);
    }

    private static string Heading => $"[{Arithmetic.Name}]";

    private static IEnumerable<string> Lines(int threads) => TrainedBitsCases.All.Select(training => TrainedBitsLine.Of(training, threads));
}
