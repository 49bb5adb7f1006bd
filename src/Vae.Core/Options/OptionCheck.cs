using System.Runtime.CompilerServices;

namespace Vae.Options;

/// <summary>The checks that option records share; a message names the option and says what it may be.</summary>
internal static class OptionCheck
{
    public static void Between(int value, int least, int most, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (value < least || value > most) throw Out(name, value, $"must be between {least} and {most}");
    }

    public static void NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value >= 0 && double.IsFinite(value), value, "must be a finite number ≥ 0", name);

    public static void Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "") =>
        Require(value > 0 && double.IsFinite(value), value, "must be a positive finite number", name);

    public static void Defined<T>(T value, [CallerArgumentExpression(nameof(value))] string name = "")
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value)) throw Out(name, value, $"is not one of {string.Join(", ", Enum.GetNames<T>())}");
    }

    public static void Require(bool valid, double value, string rule, [CallerArgumentExpression(nameof(value))] string name = "")
    {
        if (!valid) throw Out(name, value, rule);
    }

    private static ArgumentOutOfRangeException Out(string name, object value, string rule) =>
        new(name, value, FormattableString.Invariant($"The option {name} {rule}, but it is {value}."));
}
