using FluentAssertions;
using Vae.Numerics.Threads;
using Xunit;

namespace Vae.Tests.Numerics;

public class ParallelLoopTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(8)]
    public void Every_iteration_is_called_once(int threads)
    {
        using var loop = new ParallelLoop(threads);
        for (int iterations = 0; iterations < 200; iterations++)
        {
            var calls = new int[iterations];
            loop.Run(i => Interlocked.Increment(ref calls[i]), iterations);
            calls.All(n => n == 1).Should().BeTrue();
        }
    }

    [Theory]
    [InlineData(2, 20_000)]
    [InlineData(7, 10_000)]
    public void Many_short_loops_are_done_when_Run_returns(int threads, int loops)
    {
        using var loop = new ParallelLoop(threads);
        var cells = new long[threads * 2];
        long round = 0;
        void Body(int i) => cells[i] += round;
        Action<int> body = Body;
        long expected = 0;
        for (round = 1; round <= loops; round++)
        {
            int iterations = 1 + (int)(round % cells.Length);
            Array.Clear(cells);
            loop.Run(body, iterations);
            expected = round * iterations;
            if (cells.Sum() != expected)
                break;
        }

        cells.Sum().Should().Be(expected);
    }

    [Fact]
    public void Sleeping_threads_wake()
    {
        using var loop = new ParallelLoop(3);
        for (int round = 0; round < 30; round++)
        {
            int calls = 0;
            loop.Run(_ => Interlocked.Increment(ref calls), 6);
            calls.Should().Be(6);
            Thread.Sleep(round % 3);
        }
    }

    [Fact]
    public void Iterations_run_on_several_threads()
    {
        using var loop = new ParallelLoop(3);
        using var meeting = new Barrier(3);
        var met = new bool[3];
        loop.Run(i => met[i] = meeting.SignalAndWait(TimeSpan.FromSeconds(30)), 3);
        met.Should().OnlyContain(b => b);
    }

    [Fact]
    public void Long_iterations_are_waited_for()
    {
        using var loop = new ParallelLoop(2);
        int done = 0;
        for (int round = 0; round < 10; round++)
        {
            loop.Run(
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
    public void An_exception_reaches_the_caller_and_the_loop_lives_on(int threads)
    {
        using var loop = new ParallelLoop(threads);
        for (int round = 0; round < 50; round++)
        {
            var act = () => loop.Run(i => throw new InvalidDataException($"iteration {i}"), 8);
            act.Should().Throw<InvalidDataException>().WithMessage("iteration *");
        }

        int calls = 0;
        loop.Run(_ => Interlocked.Increment(ref calls), 8);
        calls.Should().Be(8);
    }

    [Fact]
    public void A_loop_within_a_loop_is_refused()
    {
        using var loop = new ParallelLoop(2);
        var act = () => loop.Run(_ => loop.Run(_ => { }, 2), 2);
        act.Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Run_allocates_nothing()
    {
        using var loop = new ParallelLoop(2);
        Action<int> body = static _ => { };
        for (int i = 0; i < 100; i++)
            loop.Run(body, 4);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            loop.Run(body, 4);

        GC.GetAllocatedBytesForCurrentThread().Should().Be(before);
    }

    [Fact]
    public void A_disposed_loop_refuses_work()
    {
        var loop = new ParallelLoop(2);
        loop.Dispose();
        loop.Dispose();
        var act = () => loop.Run(_ => { }, 2);
        act.Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Loops_come_and_go()
    {
        for (int i = 0; i < 200; i++)
        {
            using var loop = new ParallelLoop(1 + i % 4);
            loop.Run(_ => { }, i % 3);
        }
    }
}
