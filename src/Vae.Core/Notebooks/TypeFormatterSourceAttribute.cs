namespace Vae.Notebooks;

/// <summary>
/// What .NET notebooks look for on a type that they show, by the name of this attribute and of its property: a class that makes formatters.
/// It is in Vae.Reports, so that nobody who only trains and scores carries it; where that is not loaded, a notebook shows the value as it
/// shows any other.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute : Attribute
{
    private const string Formatters = "Vae.Reports.NotebookFormatters, Vae.Reports";

    /// <summary>The class with the formatters, or null.</summary>
    public Type? FormatterSourceType { get; } = Type.GetType(Formatters, throwOnError: false);
}
