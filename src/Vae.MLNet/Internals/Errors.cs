// Uses closed members of ML.NET: see build/FriendAccess and MLNetInternals.txt.
using Microsoft.ML.Runtime;

namespace Vae.MLNet.Internals;

/// <summary>ML.NET's exceptions: its types, its wording, marked as its own (<c>IsMarked()</c>), so that hosts treat them alike.</summary>
internal static class Errors
{
    /// <summary>An argument is null.</summary>
    public static T NotNull<T>(IExceptionContext context, T? value, string name)
        where T : class
    {
        Contracts.CheckValue(context, value, name);
        return value!;
    }

    /// <summary>A column is not there.</summary>
    public static Exception MissingColumn(IExceptionContext context, string parameter, string role, string column) =>
        Contracts.ExceptSchemaMismatch(context, parameter, role, column);

    /// <summary>A column has another type than is needed.</summary>
    public static Exception WrongType(
        IExceptionContext context, string parameter, string role, string column, string expected, string actual) =>
        Contracts.ExceptSchemaMismatch(context, parameter, role, column, expected, actual);

    /// <summary>An option is not valid.</summary>
    public static Exception Option(IExceptionContext context, string name, string message) =>
        Contracts.ExceptUserArg(context, name, message);

    /// <summary>An argument is not valid.</summary>
    public static Exception Argument(IExceptionContext context, string name, string message) =>
        Contracts.ExceptParam(context, name, message);

    /// <summary>The data do not permit the operation.</summary>
    public static Exception Data(IExceptionContext context, string message) => Contracts.Except(context, message);

    /// <summary>The data do not permit the operation; <paramref name="inner"/> says why.</summary>
    public static Exception Data(IExceptionContext context, Exception inner, string message) => Contracts.Except(context, inner, message);

    /// <summary>A model file is not what it should be.</summary>
    public static Exception Format(IExceptionContext context, string message) => Contracts.ExceptDecode(context, message);

    /// <summary>A model file is not what it should be; <paramref name="inner"/> says why.</summary>
    public static Exception Format(IExceptionContext context, Exception inner, string message) =>
        Contracts.ExceptDecode(context, inner, message);

    /// <summary>Marks an exception that another part of the library raised.</summary>
    public static TException Marked<TException>(IExceptionContext context, TException exception)
        where TException : Exception => Contracts.Process(exception, context);
}
