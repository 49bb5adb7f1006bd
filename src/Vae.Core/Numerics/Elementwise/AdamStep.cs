using System.Runtime.CompilerServices;
using Vae.Numerics.Simd;

namespace Vae.Numerics.Elementwise;

/// <summary>The numbers of a step of Adam, and the step for one vector of weights.</summary>
internal readonly unsafe struct AdamStep(
    float gradientScale, float gradientPart1, float beta2, float gradientPart2,
    float denominatorScale, float epsilon, float negativeRate, float negativeDecay)
{
    /// <summary>Updates the weights w and the moments m and v from the gradients g.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TVector>(float* w, float* g, float* m, float* v)
        where TVector : unmanaged, ISimdVector<TVector>
    {
        var gradient = TVector.Load(g) * TVector.Broadcast(gradientScale);
        var first = TVector.Load(m);
        first = TVector.MultiplyAdd(gradient - first, TVector.Broadcast(gradientPart1), first);
        first.Store(m);

        var second = TVector.MultiplyAdd(TVector.Load(v), TVector.Broadcast(beta2), gradient * gradient * TVector.Broadcast(gradientPart2));
        second.Store(v);

        var denominator = TVector.MultiplyAdd(TVector.Sqrt(second), TVector.Broadcast(denominatorScale), TVector.Broadcast(epsilon));
        var weight = TVector.Load(w);
        weight = TVector.MultiplyAdd(weight, TVector.Broadcast(negativeDecay), weight);
        TVector.MultiplyAdd(TVector.Broadcast(negativeRate), first / denominator, weight).Store(w);
    }
}
