using System.Diagnostics;
using FluentAssertions;
using Vae.Persistence;
using Xunit;

namespace Vae.Tests.Persistence;

public sealed class LibraryVersionTests
{
    [Theory]
    [InlineData("0.1.0+40ef65be64857c3d", "0.1.0.0", "0.1.0")]
    [InlineData("1.2.3", "1.2.3.4", "1.2.3")]
    [InlineData("0.2.0-preview.1+40ef65be", "0.2.0.0", "0.2.0-preview.1")]
    [InlineData("built by hand", "0.3.1.7", "0.3.1")]
    [InlineData("", "0.3.1.7", "0.3.1")]
    [InlineData(null, "0.3.1.7", "0.3.1")]
    [InlineData(null, "0.3", "0.0.0")]
    [InlineData(null, null, "0.0.0")]
    public void The_version_is_that_of_the_package_or_else_of_the_file(string? informational, string? file, string expected) =>
        LibraryVersion.Of(informational, file).Should().Be(expected);

    [Fact]
    public void A_model_file_names_the_version_of_the_package_whatever_the_version_of_the_assembly()
    {
        string written = "";
        Forgery.WithHeader(SmallModels.Bytes(SmallModels.Train()), header => written = (string)header["writtenBy"]!);
        string package = FileVersionInfo.GetVersionInfo(typeof(VaeModel).Assembly.Location).ProductVersion!;
        written.Should().Be(package.Split('+')[0]).And.NotBe("0.0.0");
    }

    [Theory]
    [InlineData("99.1.0", true)]
    [InlineData("99.1.0-preview.2", true)]
    [InlineData("0.0.1", false)]
    [InlineData("", false)]
    [InlineData("tomorrow", false)]
    public void A_newer_version_is_told_by_its_numbers(string version, bool newer) => LibraryVersion.IsNewer(version).Should().Be(newer);
}
