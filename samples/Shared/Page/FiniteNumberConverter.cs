using System.Text.Json;
using System.Text.Json.Serialization;

namespace Vae.Samples.Page;

/// <summary>Writes numbers for a script: six digits are enough for a picture, and JSON has no NaN.</summary>
public sealed class FiniteNumberConverter : JsonConverter<double>
{
    /// <inheritdoc/>
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
            writer.WriteRawValue(value.ToString("G6", System.Globalization.CultureInfo.InvariantCulture));
        else
            writer.WriteNullValue();
    }
}
