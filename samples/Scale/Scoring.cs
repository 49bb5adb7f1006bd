using Microsoft.ML.OnnxRuntime;
using Vae.Export;

namespace Vae.Samples.Scale;

/// <summary>Three engines that score a part, each in a process of its own and on one thread.</summary>
internal static class Scoring
{
    /// <summary>The names of the engines.</summary>
    public static string[] Engines { get; } = ["VaeModel", "DuckDB", "onnxruntime"];

    /// <summary>Scores a part: from a Parquet file with rows to one with the columns id and Score.</summary>
    /// <param name="engine">One of <see cref="Engines"/>.</param>
    /// <param name="model">The model's file.</param>
    /// <param name="part">The rows.</param>
    /// <param name="output">The scores.</param>
    public static void Run(string engine, string model, string part, string output)
    {
        switch (engine)
        {
            case "VaeModel": ByModel(model, part, output); break;
            case "DuckDB": ByDatabase(model, part, output); break;
            case "onnxruntime": ByOnnx(model, part, output); break;
            default: throw new ArgumentException($"There is no engine '{engine}'.", nameof(engine));
        }
    }

    private static void ByModel(string path, string part, string output)
    {
        var model = VaeModel.Load(path);
        float[] rows = new float[ColumnBatch.Capacity * model.Layout.RowWidth];
        ScoreBatches(part, output, (batch, scores) => model.Score(batch.ToRows(rows), scores));
    }

    private static void ByDatabase(string path, string part, string output)
    {
        using var connection = Database.Open();
        string table = $"read_parquet('{Database.Quoted(part)}')";
        connection.WriteParquet(VaeModel.Load(path).ToSql(SqlDialect.DuckDb, table, ["id"], ScoringOutputs.Score), output);
    }

    /// <summary>Here the model's file is made on the spot; elsewhere it would be all that travels.</summary>
    private static void ByOnnx(string path, string part, string output)
    {
        using var stream = new MemoryStream();
        VaeModel.Load(path).SaveOnnx(stream, OnnxInputs.PerColumn, ScoringOutputs.Score);
        using var options = new SessionOptions { IntraOpNumThreads = 1 };
        using var session = new InferenceSession(stream.ToArray(), options);
        using var run = new RunOptions();
        string[] names = [.. MadeTable.Layout.Groups.Select(group => group.Name)];
        ScoreBatches(part, output, (batch, scores) =>
        {
            var inputs = names.Select((_, column) =>
                OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, batch.Column(column), [batch.Count, 1])).ToArray();
            using var results = session.Run(run, names, inputs, ["Score"]);
            results[0].GetTensorDataAsSpan<float>().CopyTo(scores);
            Array.ForEach(inputs, input => input.Dispose());
        });
    }

    private static void ScoreBatches(string part, string output, ScoreBatch score)
    {
        using var connection = Database.Open();
        connection.Run("CREATE TABLE scores (id BIGINT, Score FLOAT)");
        var batch = new ColumnBatch();
        float[] scores = new float[ColumnBatch.Capacity];
        using (var source = Database.Open())
        using (var command = source.CreateCommand())
        using (var appender = connection.CreateAppender("scores"))
        {
            command.CommandText = MadeTable.Select(part);
            command.UseStreamingMode = true;
            using var reader = command.ExecuteReader();
            while (batch.Read(reader))
            {
                score(batch, scores.AsSpan(0, batch.Count));
                for (int row = 0; row < batch.Count; row++)
                    appender.CreateRow().AppendValue(batch.Ids[row]).AppendValue(scores[row]).EndRow();
            }
        }

        connection.WriteParquet("SELECT * FROM scores", output);
    }

    private delegate void ScoreBatch(ColumnBatch batch, Span<float> scores);
}
