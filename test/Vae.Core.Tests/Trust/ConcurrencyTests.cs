using FluentAssertions;
using Vae.Tests.Persistence;
using Xunit;

namespace Vae.Tests.Trust;

public sealed class ConcurrencyTests
{
    [Fact]
    public void One_model_scores_and_is_saved_on_16_threads_at_once_with_equal_results()
    {
        var model = SmallModels.Train(SmallModels.WideOptions);
        var rows = SmallModels.Rows(500, seed: 3);
        var expected = Outputs(model, rows);
        byte[] bytes = SmallModels.Bytes(model);
        Crowd.Run(16, index =>
        {
            bool equal = true;
            for (int round = 0; round < 10; round++)
            {
                equal &= index % 4 == 0
                    ? SmallModels.Bytes(model).AsSpan().SequenceEqual(bytes)
                    : Outputs(model, rows).AsSpan().SequenceEqual(expected);
            }

            return equal;
        }).Should().OnlyContain(equal => equal);
    }

    [Fact]
    public async Task Two_trainings_at_once_give_what_each_gives_alone()
    {
        var other = SmallModels.WideOptions with { Seed = 6, BatchNormalization = true };
        byte[][] alone = [SmallModels.Bytes(SmallModels.Train(SmallModels.WideOptions)), SmallModels.Bytes(SmallModels.Train(other))];
        var context = new Vae.Training.TrainingContext { ThreadCount = 2 };
        var together = await Task.WhenAll(
            Task.Run(() => SmallModels.Bytes(SmallModels.Train(SmallModels.WideOptions, context))),
            Task.Run(() => SmallModels.Bytes(SmallModels.Train(other, context))));
        together[0].Should().Equal(alone[0]);
        together[1].Should().Equal(alone[1]);
    }

    private static float[] Outputs(VaeModel model, float[] rows)
    {
        int count = rows.Length / model.Layout.RowWidth;
        var outputs = new float[count * (1 + model.LatentDimension)];
        model.Score(rows, outputs.AsSpan(0, count));
        model.Encode(rows, outputs.AsSpan(count));
        return outputs;
    }
}
