using System.Text.Json;

namespace Vae.Persistence;

/// <summary>
/// How much a header may announce. It is counted before anything is built from the header, so that a forged one costs no more than its
/// bytes.
/// </summary>
internal sealed class HeaderLimits(params HeaderLimit[] limits)
{
    private const int LongestName = 64;

    /// <summary>Names of metrics below a member of a header: each at most once.</summary>
    public static HeaderLimit Metrics(string section, int depth) =>
        new("metrics", section, JsonTokenType.String, depth, _ => HistoryColumns.Names.Count) { AreNames = true };

    /// <exception cref="JsonException">The header is not JSON, or announces more of something than there can be.</exception>
    public void Check(ReadOnlySpan<byte> header, int dataLength)
    {
        var reader = new Utf8JsonReader(header, new JsonReaderOptions { MaxDepth = HeaderJson.MostDepth });
        Span<int> counts = stackalloc int[limits.Length];
        string section = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueSpan.Length > LongestName) throw new JsonException("A member has too long a name.");
                if (reader.CurrentDepth == 1) section = reader.GetString()!;
            }

            for (int i = 0; i < limits.Length; i++)
            {
                var limit = limits[i];
                if (!limit.Counts(section, reader.TokenType, reader.CurrentDepth)) continue;
                if (++counts[i] > limit.Most(dataLength)) throw new JsonException($"There are more {limit.What} than there can be.");
                if (limit.AreNames && reader.ValueSpan.Length > LongestName)
                    throw new JsonException($"One of the {limit.What} is too long.");
            }
        }
    }
}

/// <summary>One kind of value in a header, and how many of it there can be.</summary>
/// <param name="What">What messages call them.</param>
/// <param name="Section">The member of the header that they are in.</param>
/// <param name="Token">What each begins with; none for all that is in the section.</param>
/// <param name="Depth">How deep they are.</param>
/// <param name="Most">How many there can be beside data of a length.</param>
internal sealed record HeaderLimit(string What, string Section, JsonTokenType Token, int Depth, Func<int, int> Most)
{
    /// <summary>Whether they are short, as the names that the library gives are, whatever they stand for.</summary>
    public bool AreNames { get; init; }

    public bool Counts(string section, JsonTokenType token, int depth) =>
        (Token == JsonTokenType.None || (token == Token && depth == Depth)) && section == Section;
}
