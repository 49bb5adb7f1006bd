namespace Vae.Numerics.Functions;

/// <summary>A function of one variable, taken lane by lane.</summary>
internal interface IFunction
{
    /// <summary>The function's value in each lane.</summary>
    public TLanes Of<TLanes>(TLanes x)
        where TLanes : unmanaged, ILanes<TLanes>;
}
