using FluentAssertions;
using Microsoft.ML;
using Xunit;

namespace Vae.MLNet.Tests.Trust;

public sealed class ConcurrencyTests
{
    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _data;

    public ConcurrencyTests() => _data = Tables.Mixed(_mlContext);

    [Fact]
    public void One_transformer_scores_and_is_saved_on_16_threads_at_once_with_equal_results()
    {
        var model = Kept.Estimator(_mlContext).Fit(_data);
        float[][] expected = model.Transform(_data).Everything();
        Crowd.Run(16, index =>
        {
            bool equal = true;
            for (int round = 0; round < 5; round++)
            {
                ITransformer used = index % 4 == 0 ? Saved.Reload(model, _data.Schema) : model;
                equal &= Same(used.Transform(_data).Everything(), expected);
            }

            return equal;
        }).Should().OnlyContain(equal => equal);
    }

    [Fact]
    public async Task Two_fits_of_one_estimator_and_one_of_another_at_once_give_what_each_gives_alone()
    {
        var estimator = Kept.Estimator(_mlContext);
        var other = Quick.Embed(_mlContext, "Sparse");
        byte[][] alone = [Fit(estimator), Fit(estimator), Fit(other)];

        byte[][] together = await Task.WhenAll(Task.Run(() => Fit(estimator)), Task.Run(() => Fit(estimator)), Task.Run(() => Fit(other)));

        for (int i = 0; i < alone.Length; i++)
            together[i].Should().Equal(alone[i]);
        alone[1].Should().Equal(alone[0]);
    }

    [Fact]
    public async Task A_row_that_waits_for_its_input_holds_up_no_other_thread()
    {
        var model = Kept.Estimator(_mlContext).Fit(_data);
        float[][] expected = model.Transform(_data).Everything();
        using var waiting = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        var slow = _mlContext.Transforms.CustomMapping<MixedRow, Aged>(
            (row, aged) =>
            {
                waiting.Set();
                go.Wait();
                aged.Age = row.Age;
            },
            null).Fit(_data).Transform(_data);
        var held = Task.Factory.StartNew(() => model.Transform(slow).Everything(), TaskCreationOptions.LongRunning);
        try
        {
            waiting.Wait(TimeSpan.FromMinutes(1)).Should().BeTrue();
            var free = Task.Factory.StartNew(
                () => Same(model.Transform(_data).Everything(), expected) && Saved.Bytes(model, _data.Schema).Length > 0,
                TaskCreationOptions.LongRunning);
            (await free.WaitAsync(TimeSpan.FromMinutes(1))).Should().BeTrue();
            held.IsCompleted.Should().BeFalse();
        }
        finally
        {
            go.Set();
        }

        Same(await held, expected).Should().BeTrue();
    }

    private byte[] Fit(VaeEmbeddingEstimator estimator)
    {
        using var stream = new MemoryStream();
        estimator.Fit(_data).Model.Save(stream);
        return stream.ToArray();
    }

    private static bool Same(float[][] actual, float[][] expected) =>
        actual.Length == expected.Length && actual.Zip(expected).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    private sealed class Aged
    {
        public float Age { get; set; }
    }
}
