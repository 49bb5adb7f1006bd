using System.Text.Json;
using System.Text.Json.Nodes;
using Vae.Options;
using Vae.Persistence;

namespace Vae.Tests.Fixtures;

/// <summary>The options of a fixture: as a model file has them, but a record's name is called "kind".</summary>
internal static class FixtureOptions
{
    public static VaeOptions Read(JsonElement json)
    {
        var options = JsonNode.Parse(json.GetRawText())!.AsObject();
        foreach (var record in options.Select(member => member.Value).OfType<JsonObject>())
        {
            string kind = record["kind"]!.GetValue<string>();
            record.Remove("kind");
            record.Insert(0, "$type", JsonNamingPolicy.CamelCase.ConvertName(kind));
        }

        return OptionsJson.Read(options) with { InputNoise = 0, InputMasking = 0 };
    }
}
