namespace Vae.Build;

/// <summary>What <c>dotnet run build/test.cs -- …</c> accepts.</summary>
/// <param name="Filter">Which tests to run, in the words of <c>dotnet test --filter</c>; null for all.</param>
/// <param name="Coverage">Whether to measure line coverage.</param>
/// <param name="All">Whether it is a failure if a test or a project is left out.</param>
public sealed record TestOptions(string? Filter = null, bool Coverage = false, bool All = false)
{
    /// <summary>How to call the program.</summary>
    public const string Usage = "Usage: dotnet run build/test.cs [-- [--filter EXPRESSION] [--coverage] [--all]]";

    /// <summary>Reads the command line. Returns null when it cannot be understood.</summary>
    public static TestOptions? Parse(IReadOnlyList<string> arguments)
    {
        var options = new TestOptions();
        for (var i = 0; i < arguments.Count; i++)
        {
            switch (arguments[i])
            {
                case "--coverage":
                    options = options with { Coverage = true };
                    break;
                case "--all":
                    options = options with { All = true };
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
