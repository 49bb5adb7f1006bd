using TorchSharp;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Numerics;

/// <summary>
/// Every operation on a tensor and a number. TorchSharp 0.102.7 wraps numbers in native objects that the garbage collector may free while
/// the operation is reading them (a tensor plus a tensor has a hidden factor 1, too), so its own operators fail, or compute with garbage,
/// once in some ten thousand steps. Here the numbers live until the operation has returned.
/// </summary>
internal static class ScalarArithmetic
{
    private static readonly Scalar One = 1.0.ToScalar();

    /// <summary>x + y.</summary>
    public static Tensor Plus(this Tensor x, Tensor y) => x.add(y, One);

    /// <summary>x + y.</summary>
    public static Tensor Plus(this Tensor x, double y)
    {
        using var number = y.ToScalar();
        return x.add(number, One);
    }

    /// <summary>x·y.</summary>
    public static Tensor Times(this Tensor x, double y)
    {
        using var number = y.ToScalar();
        return x.mul(number);
    }

    /// <summary>max(x, y).</summary>
    public static Tensor AtLeast(this Tensor x, double y)
    {
        using var number = y.ToScalar();
        return x.clamp_min(number);
    }

    /// <summary>min(x, y).</summary>
    public static Tensor AtMost(this Tensor x, double y)
    {
        using var number = y.ToScalar();
        return x.clamp_max(number);
    }

    /// <summary>x, but at least <paramref name="smallest"/> and at most <paramref name="largest"/>.</summary>
    public static Tensor Between(this Tensor x, double smallest, double largest)
    {
        using var from = smallest.ToScalar();
        using var to = largest.ToScalar();
        return x.clamp(from, to);
    }

    /// <summary>Whether x ≥ y.</summary>
    public static Tensor IsAtLeast(this Tensor x, double y)
    {
        using var number = y.ToScalar();
        return x.ge(number);
    }

    /// <summary>Whether x &gt; y.</summary>
    public static Tensor IsAbove(this Tensor x, double y)
    {
        using var number = y.ToScalar();
        return x.gt(number);
    }

    /// <summary>x for x &gt; 0, else slope·x.</summary>
    public static Tensor LeakyReLU(this Tensor x, double slope)
    {
        using var number = slope.ToScalar();
        return x.leaky_relu(number);
    }

    /// <summary>x for x &gt; 0, else eˣ − 1.</summary>
    public static Tensor ELU(this Tensor x) => x.elu(One, One, One);

    /// <summary>ln(1 + eˣ). TorchSharp's own has another signature in 0.105 and later than before.</summary>
    public static Tensor Softplus(this Tensor x) => -(-x).log_sigmoid();

    /// <summary>x ← y·x.</summary>
    public static Tensor Scale(this Tensor x, double y)
    {
        using var number = y.ToScalar();
        return x.mul_(number);
    }

    /// <summary>x ← x + y.</summary>
    public static Tensor Shift(this Tensor x, double y)
    {
        using var number = y.ToScalar();
        return x.add_(number, One);
    }

    /// <summary>x ← x + factor·y.</summary>
    public static Tensor Add(this Tensor x, Tensor y, double factor)
    {
        using var number = factor.ToScalar();
        return x.add_(y, number);
    }

    /// <summary>x ← x + factor·y·z.</summary>
    public static Tensor AddProduct(this Tensor x, Tensor y, Tensor z, double factor)
    {
        using var number = factor.ToScalar();
        return x.addcmul_(y, z, number);
    }

    /// <summary>x ← x + factor·y/z.</summary>
    public static Tensor AddQuotient(this Tensor x, Tensor y, Tensor z, double factor)
    {
        using var number = factor.ToScalar();
        return x.addcdiv_(y, z, number);
    }
}
