using FluentAssertions;
using Vae.Training.Rows;
using Xunit;

namespace Vae.Tests.Training.Rows;

public sealed class BlockPumpTests
{
    [Fact]
    public void A_failure_of_the_reading_thread_reaches_the_training_after_the_blocks_before_it()
    {
        int filled = 0;
        using var pump = new BlockPump([new RowBlock(4, 2, 2, false), new RowBlock(4, 2, 2, false)], block =>
        {
            block.Count = ++filled;
            return filled < 3 ? true : throw new UnauthorizedAccessException("The disk is gone.");
        });

        for (int expected = 1; expected < 3; expected++)
        {
            var block = pump.Next();
            block!.Count.Should().Be(expected);
            pump.Recycle(block);
        }

        var next = pump.Next;
        next.Should().Throw<IOException>().WithMessage("*training rows*The disk is gone.")
            .WithInnerException<UnauthorizedAccessException>();
    }
}
