using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae.Reports.Page;

/// <summary>Writes numbers for a script: five digits are enough for a picture, and JSON has no NaN.</summary>
internal sealed class JsonNumbers : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteRawValue(value.ToString("G5", CultureInfo.InvariantCulture));
        else
            writer.WriteNullValue();
    }
}
