using FluentAssertions;
using Vae.TorchSharp.Devices;
using Xunit;

namespace Vae.TorchSharp.Tests;

/// <summary>
/// What a user reads whose libtorch is there and cannot be loaded. The messages are as .NET makes them on Linux, macOS and Windows.
/// </summary>
public sealed class LoaderMessageTests
{
    private const string Preface =
        "Unable to load shared library '/app/libLibTorchSharp.so' or one of its dependencies. In order to help diagnose loading problems, "
        + "consider using a tool like strace. If you're using glibc, consider setting the LD_DEBUG environment variable: \n";

    [Fact]
    public void A_library_that_is_too_old_is_named_with_what_is_needed_and_what_it_has()
    {
        var library = Path.GetTempFileName();
        try
        {
            File.WriteAllText(library, "\0GLIBCXX_3.4\0GLIBCXX_3.4.9\0GLIBCXX_3.4.30\0GLIBCXX_3.4.4\0GLIBCXX_DEBUG_MESSAGE_LENGTH\0");
            string explanation = LoaderMessage.Explain(
                $"{Preface}{library}: version `GLIBCXX_3.4.32' not found (required by /app/libc10.so)\n");

            explanation.Should().Be(
                $"libtorch is there but cannot be loaded: it needs GLIBCXX_3.4.32, this system has up to 3.4.30 ({library}). "
                + "What helps: TorchSharp-cpu 0.102.7 on older systems, a newer system, or the managed trainer");
        }
        finally
        {
            File.Delete(library);
        }
    }

    [Fact]
    public void A_library_that_cannot_be_read_is_named_with_what_is_needed() =>
        LoaderMessage.Explain($"{Preface}/no/libc.so.6: version `GLIBC_2.38' not found (required by /app/libc10.so)\n")
            .Should().StartWith("libtorch is there but cannot be loaded: it needs GLIBC_2.38, which /no/libc.so.6 has not. What helps: ");

    [Theory]
    [InlineData(
        Preface + "libtorch.so: cannot open shared object file: No such file or directory\n",
        "libtorch.so: cannot open shared object file: No such file or directory")]
    [InlineData(Preface + "/app/libLibTorchSharp.so: file too short\n", "/app/libLibTorchSharp.so: file too short")]
    [InlineData(
        "Unable to load shared library '/app/libLibTorchSharp.dylib' or one of its dependencies. In order to help diagnose loading "
        + "problems, consider setting the DYLD_PRINT_LIBRARIES environment variable: \n"
        + "dlopen(/app/libLibTorchSharp.dylib, 0x0001): Library not loaded: @rpath/libtorch.dylib\n",
        "dlopen(/app/libLibTorchSharp.dylib, 0x0001): Library not loaded: @rpath/libtorch.dylib")]
    [InlineData(
        @"Unable to load DLL 'C:\app\LibTorchSharp.dll' or one of its dependencies: The specified module could not be found. (0x8007007E)",
        @"Unable to load DLL 'C:\app\LibTorchSharp.dll' or one of its dependencies: The specified module could not be found. (0x8007007E)")]
    public void Other_words_of_the_loader_are_passed_on(string message, string words) =>
        LoaderMessage.Explain(message).Should().StartWith($"libtorch is there but cannot be loaded: {words}. What helps: ");
}
