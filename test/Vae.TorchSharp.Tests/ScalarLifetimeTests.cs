using System.Reflection;
using System.Reflection.Emit;
using FluentAssertions;
using TorchSharp;
using Vae.TorchSharp.Numerics;
using Xunit;

namespace Vae.TorchSharp.Tests;

/// <summary>
/// TorchSharp's operations that make a native number of their own may lose it to the garbage collector while they use it: once in some ten
/// thousand steps, so no test of results finds it. This one reads which methods the library calls.
/// </summary>
public sealed class ScalarLifetimeTests
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;

    private static readonly string[] SafeFunctions = ["batch_norm", "pad", "binary_cross_entropy_with_logits"];

    [Fact]
    public void Only_ScalarArithmetic_hands_numbers_to_tensors()
    {
        var calls =
            from type in typeof(TorchTrainer).Assembly.GetTypes()
            from caller in type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All))
            from called in CallsOf(caller)
            where MakesANumber(called) || (TakesANumber(called) && type != typeof(ScalarArithmetic))
            select $"{type.Name}.{caller.Name} calls {called.DeclaringType!.Name}.{called}";

        calls.Should().BeEmpty();
    }

    [Fact]
    public void The_reader_of_calls_sees_the_calls_that_are_made() =>
        CallsOf(typeof(ScalarArithmetic).GetMethod(nameof(ScalarArithmetic.Add))!)
            .Should().Contain(called => called.Name == "add_" && TakesANumber(called));

    private static bool MakesANumber(MethodBase called)
    {
        if (called.DeclaringType == typeof(Scalar)) return called.Name == "op_Implicit";
        if (called.DeclaringType == typeof(torch.nn.functional)) return !SafeFunctions.Contains(called.Name);
        if (called.DeclaringType != typeof(torch.Tensor)) return false;
        var parameters = called.GetParameters();
        return called.Name is "op_Addition" or "square" or "item" or "ToScalar" or "pow"
            || (called.Name is "add" or "add_" && parameters.Length == 1)
            || (called.Name.StartsWith("op_", StringComparison.Ordinal)
                && parameters.Any(parameter => parameter.ParameterType != typeof(torch.Tensor)));
    }

    private static bool TakesANumber(MethodBase called) =>
        called.DeclaringType == typeof(torch.Tensor) && called.GetParameters().Any(parameter => parameter.ParameterType == typeof(Scalar));

    /// <summary>The methods that follow a call instruction. A byte that only looks like one can add a method, but hide none.</summary>
    private static IEnumerable<MethodBase> CallsOf(MethodBase caller)
    {
        byte[] code = caller.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (int i = 0; i + 4 < code.Length; i++)
        {
            if (code[i] != OpCodes.Call.Value && code[i] != OpCodes.Callvirt.Value) continue;
            MethodBase? called = null;
            try
            {
                called = caller.Module.ResolveMethod(
                    BitConverter.ToInt32(code, i + 1), caller.DeclaringType!.GetGenericArguments(),
                    caller.IsGenericMethod ? caller.GetGenericArguments() : null);
            }
            catch (ArgumentException)
            {
                // Not a call after all.
            }

            if (called is not null) yield return called;
        }
    }
}
