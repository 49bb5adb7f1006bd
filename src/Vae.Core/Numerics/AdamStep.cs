using System.Runtime.CompilerServices;

namespace Vae.Numerics;

/// <summary>The numbers of a step of Adam, and the step for one vector of weights.</summary>
internal readonly unsafe struct AdamStep(
    float gradientScale, float gradientPart1, float beta2, float gradientPart2,
    float denominatorScale, float epsilon, float negativeRate, float negativeDecay)
{
    /// <summary>Updates the weights w and the moments m and v from the gradients g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TLanes>(float* w, float* g, float* m, float* v)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var gradient = TLanes.Load(g) * TLanes.Broadcast(gradientScale);
        var first = TLanes.Load(m);
        first = TLanes.MultiplyAdd(gradient - first, TLanes.Broadcast(gradientPart1), first);
        first.Store(m);

        var second = TLanes.MultiplyAdd(TLanes.Load(v), TLanes.Broadcast(beta2), gradient * gradient * TLanes.Broadcast(gradientPart2));
        second.Store(v);

        var denominator = TLanes.MultiplyAdd(TLanes.Sqrt(second), TLanes.Broadcast(denominatorScale), TLanes.Broadcast(epsilon));
        var weight = TLanes.Load(w);
        weight = TLanes.MultiplyAdd(weight, TLanes.Broadcast(negativeDecay), weight);
        TLanes.MultiplyAdd(TLanes.Broadcast(negativeRate), first / denominator, weight).Store(w);
    }
}
