using FluentAssertions;
using FluentAssertions.Specialized;

namespace Vae.MLNet.Tests;

/// <summary>What a failure looks like when ML.NET raises it.</summary>
internal static class Failure
{
    /// <summary>The exception went through ML.NET's Contracts, as its own <c>IsMarked()</c> tells.</summary>
    public static ExceptionAssertions<T> ShouldBeMarked<T>(this ExceptionAssertions<T> exception)
        where T : Exception
    {
        exception.Which.Data.Contains("ML_IsMarked").Should().BeTrue("{0} should have been raised through Contracts", exception.Which);
        return exception;
    }

    /// <summary>The action fails as ML.NET fails, and the message has all of the parts.</summary>
    public static void Of<T>(Action action, params string[] parts)
        where T : Exception
    {
        var message = action.Should().Throw<T>().ShouldBeMarked().Which.Message;
        foreach (string part in parts)
            message.Should().Contain(part);
    }
}
