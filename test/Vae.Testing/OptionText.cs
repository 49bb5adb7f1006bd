using System.Text.Json;
using System.Text.Json.Nodes;
using Vae.Options;
using Vae.Persistence;

namespace Vae.Testing;

/// <summary>
/// Options as text, "Name=Value Name=Value …", so that an experiment can be written on a command line and in a table. A list is
/// "HiddenLayers=128,64", a record its kind and what differs from the kind's defaults, "NoiseScale=Learned:PerSlot=true". The names are
/// those of the model file.
/// </summary>
public static class OptionText
{
    /// <summary>The options with everything that the text names replaced.</summary>
    /// <exception cref="ArgumentException">The text names what is no option, or gives it what is no value of it.</exception>
    public static VaeOptions Apply(VaeOptions options, string text)
    {
        var json = OptionsJson.Write(options);
        foreach (string assignment in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = Assignment(assignment);
            if (!json.TryGetPropertyValue(name, out var present)) throw new ArgumentException($"There is no option of '{assignment}'.");
            json[name] = Value(value, present);
        }

        try
        {
            return OptionsJson.Read(json);
        }
        catch (JsonException exception)
        {
            throw new ArgumentException($"'{text}' are no options: {exception.Message}", nameof(text), exception);
        }
    }

    private static JsonNode? Value(string text, JsonNode? present) => present switch
    {
        JsonArray => new JsonArray([.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Scalar)]),
        JsonObject => Record(text.Split(':', 2)),
        _ => Scalar(text),
    };

    private static JsonObject Record(string[] kindAndMembers)
    {
        var record = new JsonObject { ["$type"] = JsonNamingPolicy.CamelCase.ConvertName(kindAndMembers[0]) };
        foreach (string member in kindAndMembers.Skip(1).SelectMany(members => members.Split(',')))
        {
            var (name, value) = Assignment(member);
            record[name] = Scalar(value);
        }

        return record;
    }

    // Numbers, truth values and null are literals of JSON; anything else is a name.
    private static JsonNode? Scalar(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    private static (string Name, string Value) Assignment(string text) => text.Split('=', 2) is [var name, var value]
        ? (JsonNamingPolicy.CamelCase.ConvertName(name), value)
        : throw new ArgumentException($"'{text}' is not of the form Name=Value.");
}
