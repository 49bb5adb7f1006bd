using System.Buffers.Binary;
using System.Text.Json.Nodes;

namespace Vae.Testing;

/// <summary>
/// One way to forge the header of a file: it stays JSON, and the lengths and the checksum are right, so that what is in it is looked at.
/// </summary>
public static class HeaderMutation
{
    private static readonly string[] Values =
    [
        "null", "0", "1", "2", "-1", "3", "17", "65536", "65537", "2147483647", "-2147483648", "9223372036854775807", "1e308", "1e999",
        "0.5", "true", "\"\"", "\"NaN\"", "\"-Infinity\"", "\"Numeric\"", "\"\\u0000\"", "[]", "{}", "[null]", "[[]]", "{\"\":{}}",
    ];

    /// <summary>A forged copy of a file, with up to four changes in its header.</summary>
    public static byte[] Apply(byte[] file, Random random)
    {
        int headerLength = Forgery.HeaderLength(file);
        JsonNode header = JsonNode.Parse(file.AsSpan(24, headerLength))!;
        for (int changes = random.Next(4); changes >= 0; changes--)
            header = Change(header, random);
        byte[] forged = Forgery.WithHeaderText(file, header.ToJsonString());
        return random.Next(4) == 0 ? Resize(forged, random) : forged;
    }

    /// <summary>Changes one member or element, the deeper ones as likely as the others.</summary>
    private static JsonNode Change(JsonNode header, Random random)
    {
        var nodes = new List<JsonNode>();
        Collect(header, nodes);
        var node = nodes[random.Next(nodes.Count)];
        var value = JsonNode.Parse(Values[random.Next(Values.Length)]);
        switch (node.Parent)
        {
            case JsonArray list:
                int index = list.IndexOf(node);
                ChangeElement(list, index, value, random);
                return header;
            case JsonObject members:
                ChangeMember(members, node.GetPropertyName(), value, nodes[random.Next(nodes.Count)], random);
                return header;
            default:
                return random.Next(10) == 0 && value is not null ? value : header;
        }
    }

    private static void ChangeElement(JsonArray list, int index, JsonNode? value, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                list.RemoveAt(index);
                break;
            case 1:
                list[index] = value;
                break;
            default:
                var element = list[index];
                for (int copies = 1 << random.Next(12); copies > 0; copies--)
                    list.Add(element?.DeepClone());
                break;
        }
    }

    private static void ChangeMember(JsonObject members, string name, JsonNode? value, JsonNode other, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                members.Remove(name);
                break;
            case 1:
                members[name] = other.DeepClone();
                break;
            case 2:
                for (int copies = 1 << random.Next(12); copies > 0; copies--)
                    members[name + copies] = value?.DeepClone();
                break;
            default:
                members[name] = value;
                break;
        }
    }

    private static void Collect(JsonNode? node, List<JsonNode> nodes)
    {
        if (node is null) return;
        nodes.Add(node);
        foreach (var child in node is JsonArray list ? list : node is JsonObject members ? members.Select(member => member.Value) : [])
            Collect(child, nodes);
    }

    /// <summary>Shortens or lengthens the data.</summary>
    private static byte[] Resize(byte[] file, Random random)
    {
        int start = 24 + Forgery.HeaderLength(file);
        int data = file.Length - start - 32;
        int length = random.Next(2) == 0 ? random.Next(data + 1) : data + random.Next(1 << random.Next(16));
        byte[] forged = [.. file[..(start + Math.Min(data, length))], .. new byte[Math.Max(0, length - data) + 32]];
        BinaryPrimitives.WriteInt64LittleEndian(forged.AsSpan(16), length);
        return Forgery.Sign(forged);
    }
}
