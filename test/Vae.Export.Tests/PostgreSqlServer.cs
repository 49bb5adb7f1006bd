using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace Vae.Export.Tests;

/// <summary>A PostgreSQL server of its own: a cluster in a temporary folder, reached by a socket there, gone after the tests.</summary>
public sealed class PostgreSqlServer : IDisposable
{
    // The server does not run as root, and the socket's path must be short.
    private const string OtherUser = "nobody";

    private readonly DirectoryInfo _folder = new(Path.Combine("/tmp", $"vae-pg-{Guid.NewGuid():N}"[..20]));
    private bool _isRunning;

    /// <summary>Why there is no server, or null.</summary>
    public static string? WhyNot => Programs is null ? "PostgreSQL is not installed (Debian's package is postgresql)." : null;

    private static string? Programs { get; } = Find();

    private string Data => Path.Combine(_folder.FullName, "data");

    /// <summary>Runs a script.</summary>
    /// <returns>The rows of its queries.</returns>
    public double[][] Run(string script)
    {
        Start();
        string file = Path.Combine(_folder.FullName, "script.sql");
        File.WriteAllText(file, script);
        string output = Run(
            "psql", "-X", "-q", "-t", "-A", "-F", ",", "-v", "ON_ERROR_STOP=1", "-h", _folder.FullName, "-U", "vae", "-d", "postgres",
            "-f", file);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray())];
    }

    /// <summary>Stops the server and deletes the cluster.</summary>
    public void Dispose()
    {
        if (_isRunning) RunAsServer("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
        if (_folder.Exists) _folder.Delete(recursive: true);
    }

    private void Start()
    {
        if (_isRunning) return;
        _folder.Create();
        if (Environment.IsPrivilegedProcess) Run("chown", OtherUser, _folder.FullName);
        RunAsServer("initdb", "-D", Data, "-U", "vae", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync");
        string options = $"-k {_folder.FullName} -c listen_addresses='' -c fsync=off";
        RunAsServer("pg_ctl", "-D", Data, "-l", Path.Combine(_folder.FullName, "log"), "-o", options, "-w", "start");
        _isRunning = true;
    }

    private static void RunAsServer(string program, params string[] arguments)
    {
        string path = Path.Combine(Programs!, program);
        if (Environment.IsPrivilegedProcess)
            Run("runuser", ["-u", OtherUser, "--", path, .. arguments]);
        else
            Run(path, arguments);
    }

    private static string Run(string program, params string[] arguments)
    {
        // The server keeps what it inherits, so that the output of pg_ctl would never end.
        bool reads = program == "psql";
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = reads,
            WorkingDirectory = "/",
        })!;
        string output = reads ? process.StandardOutput.ReadToEnd() : "";
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    private static string? Find()
    {
        const string debian = "/usr/lib/postgresql";
        string[] versions = Directory.Exists(debian) ? [.. Directory.EnumerateDirectories(debian).Select(version => $"{version}/bin")] : [];
        return versions.Append("/usr/bin").Append("/usr/local/bin").FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")));
    }
}

/// <summary>A theory that needs a PostgreSQL server, and is skipped with the reason where it is not installed.</summary>
public sealed class PostgreSqlTheoryAttribute : TheoryAttribute
{
    /// <summary>Looks for the server's programs.</summary>
    public PostgreSqlTheoryAttribute() => Skip = PostgreSqlServer.WhyNot;
}
