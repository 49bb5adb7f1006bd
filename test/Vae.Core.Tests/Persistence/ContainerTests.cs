using FluentAssertions;
using Vae.Persistence;
using Xunit;

namespace Vae.Tests.Persistence;

public sealed class ContainerTests
{
    private static readonly Container Letter = new([0x89, .. "LETTR\r\n"u8], 1, "letter");

    [Fact]
    public void What_no_reader_would_take_is_not_written()
    {
        var stream = new MemoryStream();
        var write = () => Letter.Write(stream, [], Array.MaxLength + 1L, _ => { });
        write.Should().Throw<NotSupportedException>().WithMessage("*letter would be too large*");
        stream.Length.Should().Be(0);
    }

    [Fact]
    public void Other_data_than_were_announced_are_noticed()
    {
        var write = () => Letter.Write(new MemoryStream(), [], 8, writer => writer.Write([1.0f]));
        write.Should().Throw<InvalidOperationException>().WithMessage("*letter*");
    }
}
