namespace Vae.Build;

/// <summary>What became of a command: its exit code and what it printed.</summary>
public sealed record CommandResult(int ExitCode, string Output, string Error)
{
    /// <summary>Everything that was printed, for showing when the command failed.</summary>
    public string Everything => Error.Length == 0 ? Output : Output + Error;
}
