using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Vae.Data;

namespace Vae.Persistence;

/// <summary>
/// A group as JSON: a header can have a hundred thousand, so that the lists and boxes that a serializer makes for each would be most of
/// what loading such a model costs.
/// </summary>
internal sealed class GroupConverter : JsonConverter<GroupHeader>
{
    private static readonly (FeatureKind Kind, byte[] Name)[] Kinds =
        Array.ConvertAll(Enum.GetValues<FeatureKind>(), kind => (kind, Encoding.UTF8.GetBytes(kind.ToString())));

    public override GroupHeader Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? name = null;
        FeatureKind? kind = null;
        string[]? slots = null;
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (name is null && reader.ValueTextEquals("name"u8) && reader.Read() && reader.TokenType == JsonTokenType.String)
                name = reader.GetString();
            else if (kind is null && reader.ValueTextEquals("kind"u8) && reader.Read())
                kind = ReadKind(ref reader);
            else if (slots is null && reader.ValueTextEquals("slots"u8) && reader.Read())
                slots = ReadSlots(ref reader);
            else
                throw new JsonException();
        }

        return string.IsNullOrEmpty(name) || kind is null || slots is null
            ? throw new JsonException("A group lacks its name, its kind or its slots.")
            : new GroupHeader(name, kind.Value, slots);
    }

    public override void Write(Utf8JsonWriter writer, GroupHeader value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("name"u8, value.Name);
        writer.WriteString("kind"u8, value.Kind.ToString());
        writer.WriteStartArray("slots"u8);
        foreach (string slot in value.Slots)
            writer.WriteStringValue(slot);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static FeatureKind ReadKind(ref Utf8JsonReader reader)
    {
        foreach (var (kind, name) in Kinds)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals(name)) return kind;
        }

        throw new JsonException("A group is of no known kind.");
    }

    private static string[] ReadSlots(ref Utf8JsonReader reader)
    {
        var ahead = reader;
        int count = 0;
        while (ahead.Read() && ahead.TokenType == JsonTokenType.String)
            count++;
        if (reader.TokenType != JsonTokenType.StartArray || ahead.TokenType != JsonTokenType.EndArray || count == 0)
            throw new JsonException("A group has no slots, or one without a name.");
        var slots = new string[count];
        for (int i = 0; i < count; i++)
        {
            reader.Read();
            slots[i] = reader.GetString()!;
        }

        reader.Read();
        return slots;
    }
}
