namespace Vae.Build;

/// <summary>Runs the sample that shows most: an ML.NET pipeline that is trained, looked at, saved and loaded elsewhere.</summary>
public static class DemoProgram
{
    /// <summary>Runs the program. Returns its exit code.</summary>
    /// <param name="repository">The tree.</param>
    /// <param name="arguments">Passed on to the sample.</param>
    public static int Run(Repository repository, IReadOnlyList<string> arguments) =>
        Tool.Run(repository, "samples/WinePipeline/WinePipeline.csproj", program => DotNet.Run(repository, [program, .. arguments]));
}
