using FluentAssertions;
using Vae.Numerics.Threads;
using Xunit;

namespace Vae.Tests.Numerics;

public class WorkerTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_piece_is_called_once(int threads)
    {
        using var team = new ParallelLoop(threads);
        team.Threads.Should().Be(threads);
        for (int pieces = 0; pieces < 200; pieces++)
        {
            var calls = new int[pieces];
            team.Run(i => Interlocked.Increment(ref calls[i]), pieces);
            calls.All(n => n == 1).Should().BeTrue();
        }
    }

    [Theory]
    [InlineData(2, 20_000)]
    [InlineData(7, 10_000)]
    public void Many_short_tasks_are_done_when_Run_returns(int threads, int tasks)
    {
        using var team = new ParallelLoop(threads);
        var cells = new long[threads * 2];
        long round = 0;
        void Piece(int i) => cells[i] += round;
        Action<int> piece = Piece;
        long expected = 0;
        for (round = 1; round <= tasks; round++)
        {
            int pieces = 1 + (int)(round % cells.Length);
            Array.Clear(cells);
            team.Run(piece, pieces);
            expected = round * pieces;
            if (cells.Sum() != expected)
                break;
        }

        cells.Sum().Should().Be(expected);
    }

    [Fact]
    public void A_sleeping_team_wakes()
    {
        using var team = new ParallelLoop(3);
        for (int task = 0; task < 30; task++)
        {
            int calls = 0;
            team.Run(_ => Interlocked.Increment(ref calls), 6);
            calls.Should().Be(6);
            Thread.Sleep(task % 3);
        }
    }

    [Fact]
    public void Pieces_run_on_several_threads()
    {
        using var team = new ParallelLoop(3);
        using var meeting = new Barrier(3);
        var met = new bool[3];
        team.Run(i => met[i] = meeting.SignalAndWait(TimeSpan.FromSeconds(30)), 3);
        met.Should().OnlyContain(b => b);
    }

    [Fact]
    public void Long_pieces_are_waited_for()
    {
        using var team = new ParallelLoop(2);
        int done = 0;
        for (int task = 0; task < 10; task++)
        {
            team.Run(
                i =>
                {
                    Thread.Sleep(5 * i);
                    Interlocked.Increment(ref done);
                },
                2);
        }

        done.Should().Be(20);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_exception_reaches_the_caller_and_the_team_lives_on(int threads)
    {
        using var team = new ParallelLoop(threads);
        for (int task = 0; task < 50; task++)
        {
            var act = () => team.Run(i => throw new InvalidDataException($"piece {i}"), 8);
            act.Should().Throw<InvalidDataException>().WithMessage("piece *");
        }

        int calls = 0;
        team.Run(_ => Interlocked.Increment(ref calls), 8);
        calls.Should().Be(8);
    }

    [Fact]
    public void A_task_within_a_task_is_refused()
    {
        using var team = new ParallelLoop(2);
        var act = () => team.Run(_ => team.Run(_ => { }, 2), 2);
        act.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Run_allocates_nothing()
    {
        using var team = new ParallelLoop(2);
        Action<int> piece = static _ => { };
        for (int i = 0; i < 100; i++)
            team.Run(piece, 4);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            team.Run(piece, 4);

        GC.GetAllocatedBytesForCurrentThread().Should().Be(before);
    }

    [Fact]
    public void A_disposed_team_refuses_work()
    {
        var team = new ParallelLoop(2);
        team.Dispose();
        team.Dispose();
        var act = () => team.Run(_ => { }, 2);
        act.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Teams_come_and_go()
    {
        for (int i = 0; i < 200; i++)
        {
            using var team = new ParallelLoop(1 + i % 4);
            team.Run(_ => { }, i % 3);
        }
    }
}
