namespace Vae.Build;

/// <summary>What <c>dotnet run build/test.cs -- …</c> accepts.</summary>
/// <param name="Filter">Which tests to run, in the words of <c>dotnet test --filter</c>; null for all.</param>
/// <param name="Coverage">Whether to measure line coverage.</param>
public sealed record TestOptions(string? Filter, bool Coverage)
{
    /// <summary>How to call the program.</summary>
    public const string Usage = "Usage: dotnet run build/test.cs [-- [--filter EXPRESSION] [--coverage]]";

    /// <summary>Reads the command line. Returns null when it cannot be understood.</summary>
    public static TestOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new TestOptions(null, false);
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--coverage":
                    options = options with { Coverage = true };
                    break;
                case "--filter" when i + 1 < arguments.Count:
                    options = options with { Filter = arguments[++i] };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
