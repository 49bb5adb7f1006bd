using System.Text.Json.Serialization;
using Vae.Options;

namespace Vae.Persistence;

/// <summary>
/// How headers become JSON, without reflection. Members that a reader does not know are errors: they can only come from a newer version,
/// and an option that is silently left out could change every score.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    MaxDepth = MostDepth)]
[JsonSerializable(typeof(ModelHeader))]
[JsonSerializable(typeof(VaeOptions))]
internal sealed partial class HeaderJson : JsonSerializerContext
{
    /// <summary>How deep objects and lists lie in one another.</summary>
    public const int MostDepth = 16;
}
