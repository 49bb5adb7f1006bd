using Vae.Data;

namespace Vae.Testing;

/// <summary>Layouts that several tests use.</summary>
public static class TestLayouts
{
    /// <summary>Every kind of group, each kind twice and apart from one another.</summary>
    public static FeatureLayout Mixed { get; } = new FeatureLayoutBuilder()
        .Numeric("size", 3).OneHot("colour", "red", "green", "blue", "grey").Binary("wet", ["inside", "outside"])
        .Numeric("price").OneHot("shape", "round", "square", "other").OneHot("origin", "near", "far").Binary("old").Build();

    /// <summary><see cref="Mixed"/> given a number, a flag and a category.</summary>
    public static FeatureLayout Conditional { get; } = new FeatureLayoutBuilder()
        .Numeric("size", 3).OneHot("colour", "red", "green", "blue", "grey").Binary("wet")
        .Conditions().Numeric("age").Binary("member").OneHot("region", 3).Build();

    public static FeatureLayout Numeric { get; } = FeatureLayout.Numeric(5);

    public static FeatureLayout Categories { get; } = new FeatureLayoutBuilder().OneHot("a", 3).Binary("b").OneHot("c", 5).Build();

    /// <summary>The layout of a name that an attribute can carry.</summary>
    public static FeatureLayout Of(string name) => name switch
    {
        nameof(Mixed) => Mixed,
        nameof(Conditional) => Conditional,
        nameof(Numeric) => Numeric,
        nameof(Categories) => Categories,
        _ => throw new ArgumentOutOfRangeException(nameof(name)),
    };
}
