using FluentAssertions;
using Xunit;

namespace Vae.Build.Tests;

public class RestoreMessageTests
{
    private static readonly Project SomeProject =
        new("/tree/src/A/A.csproj", IsTest: false, Frameworks: [], AssetsFile: "", References: []);

    [Fact]
    public void A_log_is_read_from_the_assets_file()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("project.assets.json", """
            { "version": 3, "logs": [
              { "code": "NU1603", "level": "Warning", "message": "2.0 was resolved instead.", "libraryId": "B" },
              { "code": "NU1101", "level": "Error", "message": "Unable to find package C.", "libraryId": "C" },
              { "code": "NU1301", "level": "Error", "message": "Connection refused" } ] }
            """);

        RestoreMessage.Read(path).Should().Equal(
            new RestoreMessage("NU1603", false, "B", "2.0 was resolved instead."),
            new RestoreMessage("NU1101", true, "C", "Unable to find package C."),
            new RestoreMessage("NU1301", true, "", "Connection refused"));
    }

    [Fact]
    public void A_project_without_an_assets_file_or_a_log_has_no_messages()
    {
        using var folder = new TemporaryFolder();
        RestoreMessage.Read(Path.Combine(folder.Path, "none.json")).Should().BeEmpty();
        RestoreMessage.Read(folder.Write("project.assets.json", "{}")).Should().BeEmpty();
    }

    [Theory]
    [InlineData("X depends on A.B (>= 1.0.0) but A.B 1.0.0 was not found. A.B 2.0.1 was resolved instead.", "A.B 2.0.1 instead of 1.0.0")]
    [InlineData("A package was replaced.", "A package was replaced.")]
    public void A_replaced_package_is_told_in_few_words_if_NuGet_says_it_as_ever(string text, string words) =>
        new RestoreMessage("NU1603", false, "A.B", text).Substitution.Should().Be(words);

    [Theory]
    [InlineData("NU1101")]
    [InlineData("NU1102")]
    [InlineData("NU1103")]
    public void A_project_whose_package_is_not_offered_is_left_out(string code)
    {
        var project = new RestoredProject(
            SomeProject, [new RestoreMessage(code, true, "C", "")]);
        project.IsLeftOut.Should().BeTrue();
        project.IsFailed.Should().BeFalse();
        project.MissingPackages.Should().Equal("C");
    }

    [Fact]
    public void A_project_with_any_other_error_has_failed()
    {
        var project = new RestoredProject(
            SomeProject, [new RestoreMessage("NU1101", true, "C", ""), new RestoreMessage("NU1301", true, "", "")]);
        project.IsFailed.Should().BeTrue();
        project.IsLeftOut.Should().BeFalse();
        project.IsReady.Should().BeFalse();
    }
}
