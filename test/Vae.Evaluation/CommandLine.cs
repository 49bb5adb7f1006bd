using System.Globalization;

namespace Vae.Evaluation;

/// <summary>"folder command --name value …": what to run and on what.</summary>
internal sealed class CommandLine
{
    private readonly List<(string Name, string Value)> _settings = [];

    public CommandLine(string[] arguments)
    {
        if (arguments.Length < 2 || arguments.Length % 2 != 0) throw new ArgumentException("A folder, a command, and pairs of --name and value are needed.");
        Folder = arguments[0];
        Command = arguments[1];
        for (int i = 2; i < arguments.Length; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal)) throw new ArgumentException($"'{arguments[i]}' is not a --name.");
            _settings.Add((arguments[i][2..], arguments[i + 1]));
        }
    }

    /// <summary>Where the CSV files are.</summary>
    public string Folder { get; }

    /// <summary>What to run.</summary>
    public string Command { get; }

    /// <summary>All values of a setting, in order.</summary>
    public string[] All(string name) => [.. _settings.Where(setting => setting.Name == name).Select(setting => setting.Value)];

    /// <summary>The comma-separated values of a setting that is given at most once.</summary>
    public string[] List(string name, params string[] otherwise) => All(name) is [.., var last] ? last.Split(',') : otherwise;

    /// <summary>The whole numbers of a setting.</summary>
    public int[] Numbers(string name, params int[] otherwise) =>
        All(name).Length > 0 ? Array.ConvertAll(List(name), text => int.Parse(text, CultureInfo.InvariantCulture)) : otherwise;
}
