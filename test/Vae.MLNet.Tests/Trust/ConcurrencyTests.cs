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
        using var start = new Barrier(16);
        var results = new bool[16];
        var threads = Enumerable.Range(0, 16).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            bool equal = true;
            for (int round = 0; round < 5; round++)
            {
                ITransformer used = index % 4 == 0 ? Saved.Reload(model, _data.Schema) : model;
                equal &= Same(used.Transform(_data).Everything(), expected);
            }

            results[index] = equal;
        })).ToArray();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        results.Should().OnlyContain(equal => equal);
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

    private byte[] Fit(VaeEmbeddingEstimator estimator)
    {
        using var stream = new MemoryStream();
        estimator.Fit(_data).Model.Save(stream);
        return stream.ToArray();
    }

    private static bool Same(float[][] actual, float[][] expected) =>
        actual.Length == expected.Length && actual.Zip(expected).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));
}
