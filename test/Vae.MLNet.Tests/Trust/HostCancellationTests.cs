using System.Reflection;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Vae.MLNet.Training;
using Xunit;

namespace Vae.MLNet.Tests.Trust;

public sealed class HostCancellationTests
{
    [Fact]
    public void The_flag_of_the_host_is_seen_within_two_seconds_when_the_thread_pool_is_starved()
    {
        var mlContext = new MLContext();

        // Not disposed of: some of those who wait for it may begin after the test.
        var release = new ManualResetEventSlim();
        try
        {
            for (int i = 0; i < 200; i++)
                ThreadPool.UnsafeQueueUserWorkItem(_ => release.Wait(), null);
            using var cancellation = new HostCancellation(((IHostEnvironment)mlContext).Register("Test"), default);
            typeof(MLContext).GetMethod("CancelExecution", BindingFlags.Instance | BindingFlags.NonPublic)!.Invoke(mlContext, null);
            cancellation.Token.WaitHandle.WaitOne(TimeSpan.FromSeconds(2)).Should().BeTrue();
        }
        finally
        {
            release.Set();
        }
    }

    [Fact]
    public void The_token_of_the_user_is_passed_on()
    {
        using var source = new CancellationTokenSource();
        using var cancellation = new HostCancellation(((IHostEnvironment)new MLContext()).Register("Test"), source.Token);
        cancellation.Token.IsCancellationRequested.Should().BeFalse();
        source.Cancel();
        cancellation.Token.IsCancellationRequested.Should().BeTrue();
    }
}
