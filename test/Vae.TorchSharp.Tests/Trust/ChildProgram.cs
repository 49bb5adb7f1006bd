using System.Globalization;

namespace Vae.TorchSharp.Tests.Trust;

/// <summary>What a test kills, in a process of its own: the entry point of this assembly.</summary>
internal static class ChildProgram
{
    /// <summary>The assembly.</summary>
    public static string Location => typeof(ChildProgram).Assembly.Location;

    /// <summary>Trains <see cref="LongTraining"/> with checkpoints in a folder, and writes down every epoch that is done.</summary>
    private static int Main(string[] arguments)
    {
        LongTraining.Run(arguments[0], epoch => Console.WriteLine(epoch.ToString(CultureInfo.InvariantCulture)));
        return 0;
    }
}
