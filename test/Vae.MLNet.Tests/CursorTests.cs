using System.Collections.Concurrent;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Data;
using Xunit;

namespace Vae.MLNet.Tests;

public sealed class CursorTests
{
    private const int Rows = 400;

    private readonly MLContext _mlContext = new(1);
    private readonly IDataView _data;
    private readonly ITransformer _model;

    public CursorTests()
    {
        _data = Tables.Mixed(_mlContext, Rows);
        _model = Quick.MixedPipeline(_mlContext).Fit(_data);
    }

    [Fact]
    public void Parallel_cursors_agree_with_the_serial_one()
    {
        var view = _model.Transform(_data);
        var cursors = view.GetRowCursorSet(OutputReader.Names(view.Schema), 4);
        var rows = new ConcurrentDictionary<DataViewRowId, float[]>();

        // Split cursors feed from one source, so all of them have to be read at the same time.
        Thread[] threads = [.. cursors.Select(cursor => new Thread(() =>
        {
            foreach (var (id, values) in ReadAll(cursor))
                rows[id] = values;
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        cursors.Should().HaveCountGreaterThan(1);
        ShouldAgree(rows, Serial(view));
    }

    [Fact]
    public void A_shuffled_cursor_agrees_with_the_serial_one()
    {
        var view = _model.Transform(_mlContext.Data.Cache(_data));
        var shuffled = ReadAll(view.GetRowCursor(OutputReader.Names(view.Schema), new Random(3)));

        shuffled.Select(row => row.Id.Low).Should().NotBeInAscendingOrder();
        ShouldAgree(shuffled.ToDictionary(row => row.Id, row => row.Values), Serial(view));
    }

    [Fact]
    public void Two_cursors_that_are_read_in_turn_do_not_disturb_one_another()
    {
        var view = _model.Transform(_data);
        var expected = view.Embeddings();
        using var first = view.GetRowCursorSet(OutputReader.Names(view.Schema), 1)[0];
        using var second = view.GetRowCursorSet(OutputReader.Names(view.Schema), 1)[0];
        var readFirst = first.GetGetter<VBuffer<float>>(view.Schema["Embedding"]);
        var readSecond = second.GetGetter<VBuffer<float>>(view.Schema["Embedding"]);
        var buffer = default(VBuffer<float>);

        for (int row = 0; row < 50; row++)
        {
            first.MoveNext();
            second.MoveNext();
            if (row % 3 == 0) second.MoveNext();
            readFirst(ref buffer);
            buffer.DenseValues().Should().Equal(expected[first.Position]);
            readSecond(ref buffer);
            buffer.DenseValues().Should().Equal(expected[second.Position]);
        }
    }

    [Fact]
    public void Eight_threads_with_a_prediction_engine_each_agree_with_the_serial_result()
    {
        var expected = _model.Transform(_data).Embeddings();
        var rows = Tables.MixedRows(Rows);
        var results = new float[8][][];

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, thread =>
        {
            using var engine = new MLContext().Model.CreatePredictionEngine<MixedRow, EmbeddedRow>(_model);
            results[thread] = [.. rows.Select(row => engine.Predict(row).Embedding)];
        });

        foreach (var result in results)
            result.Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
    }

    [Fact]
    public async Task Rows_are_scored_while_another_thread_saves_the_transformer()
    {
        var expected = _model.Transform(_data).Embeddings();
        byte[] bytes = Saved.Bytes(_model, _data.Schema);
        using var stop = new CancellationTokenSource();
        var saving = Task.Run(() =>
        {
            int saved = 0;
            for (; saved < 3 || !stop.IsCancellationRequested; saved++)
                Saved.Load(Saved.Bytes(_model, _data.Schema)).Transform(_data).Embeddings()[0].Should().Equal(expected[0]);
            return saved;
        });

        for (int round = 0; round < 20; round++)
            _model.Transform(_data).Embeddings().Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
        await stop.CancelAsync();

        (await saving).Should().BeGreaterThanOrEqualTo(3);
        Saved.Load(bytes).Transform(_data).Embeddings().Should().BeEquivalentTo(expected, options => options.WithStrictOrdering());
    }

    private static List<(DataViewRowId Id, float[] Values)> ReadAll(DataViewRowCursor cursor)
    {
        using (cursor)
        {
            var rows = new List<(DataViewRowId, float[])>();
            var reader = new OutputReader(cursor);
            while (cursor.MoveNext())
            {
                reader.Read();
                rows.Add((reader.Id, reader.Values));
            }

            return rows;
        }
    }

    private static Dictionary<DataViewRowId, float[]> Serial(IDataView view) =>
        ReadAll(view.GetRowCursor(OutputReader.Names(view.Schema))).ToDictionary(row => row.Id, row => row.Values);

    private static void ShouldAgree(IDictionary<DataViewRowId, float[]> actual, Dictionary<DataViewRowId, float[]> expected)
    {
        expected.Should().HaveCount(Rows);
        actual.Should().HaveCount(Rows);
        foreach (var (id, values) in expected)
            actual[id].Should().Equal(values);
    }
}
