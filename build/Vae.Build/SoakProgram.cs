namespace Vae.Build;

/// <summary>Trains, saves, loads, scores and kills at random for half an hour, against an oracle.</summary>
public static class SoakProgram
{
    /// <summary>Runs the program. Returns its exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="arguments">What the soak takes: <c>--help</c> tells.</param>
    public static int Run(Repository repository, IReadOnlyList<string> arguments) =>
        Tool.Run(repository, "test/Vae.Soak/Vae.Soak.csproj", program => DotNet.Run(repository, [program, .. arguments]));
}
