using FluentAssertions;
using Vae.Persistence;
using Xunit;

namespace Vae.Tests.Persistence;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string FilePath => _folder["file"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_failure_in_the_middle_leaves_the_old_file_and_no_other()
    {
        File.WriteAllText(FilePath, "old");
        var write = () => AtomicFile.Write(FilePath, stream =>
        {
            stream.Write("ne"u8);
            throw new IOException("The disk is full.");
        });
        write.Should().Throw<IOException>().WithMessage("The disk is full.");
        File.ReadAllText(FilePath).Should().Be("old");
        Directory.GetFiles(_folder.Path).Should().ContainSingle();
    }

    [Fact]
    public void A_temporary_file_that_another_is_writing_is_left_alone()
    {
        string temporary = FilePath + ".tmp";
        using (var other = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            var write = () => AtomicFile.Write(FilePath, temporary, stream => stream.Write("new"u8));
            write.Should().Throw<IOException>();
        }

        File.Exists(temporary).Should().BeTrue();
        File.Exists(FilePath).Should().BeFalse();
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_an_error_that_names_it()
    {
        var write = () => AtomicFile.Write(Path.Combine(_folder.Path, "nowhere", "file"), stream => stream.Write("new"u8));
        write.Should().Throw<DirectoryNotFoundException>().WithMessage("*nowhere*");
    }
}
