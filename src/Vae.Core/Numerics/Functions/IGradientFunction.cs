namespace Vae.Numerics.Functions;

/// <summary>The backward step of an activation y = f(x), taken lane by lane.</summary>
internal interface IGradientFunction
{
    /// <summary>f′ · <paramref name="gradient"/>, with f′ found from <paramref name="value"/>, which is x or y as the activation says.</summary>
    public TLanes Of<TLanes>(TLanes value, TLanes gradient)
        where TLanes : unmanaged, ILanes<TLanes>;
}
