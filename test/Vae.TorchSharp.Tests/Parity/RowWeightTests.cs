using FluentAssertions;
using Vae.Losses;
using Vae.Losses.Latent;
using Vae.Numerics.RandomNumbers;
using Vae.Options;
using Vae.TorchSharp.Devices;
using Vae.TorchSharp.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Vae.TorchSharp.Tests.Parity;

/// <summary>Minibatches in which few rows weigh anything: the rules for them are the same in both trainers.</summary>
public sealed class RowWeightTests
{
    private const int Rows = 5;
    private const int Dimension = 2;

    /// <summary>The regularizers by name, each with every kind of weights.</summary>
    public static TheoryData<string, float[]> Cases
    {
        get
        {
            var data = new TheoryData<string, float[]>();
            foreach (var (name, _) in RegularizerCases.All)
            {
                data.Add(name, [0, 0, 0, 0, 0]);
                data.Add(name, [0, 0.2f, 0, 0, 0]);
                data.Add(name, [0, 0.2f, 1e-12f, 0, 1e-13f]);
                data.Add(name, [0, 0.2f, 1e-9f, 0, 0]);
                data.Add(name, [0, 0.2f, 1e-4f, 0, 0.1f]);
            }

            return data;
        }
    }

    [TorchTheory]
    [MemberData(nameof(Cases))]
    public void Both_trainers_have_the_same_term_and_gradient(string name, float[] weights)
    {
        using var scope = NewDisposeScope();
        var options = RegularizerCases.All.Single(item => item.Name == name).Options;
        var posterior = new LatentPosterior(
            new ValueAndGradient(Rows, 2 * Dimension), new ValueAndGradient(Rows, Dimension), Dimension, weights);
        var step = new StepInfo(0, Rows, Seed: 3, Factor: 0.7f, Training: true);
        var noise = new Vae.Numerics.Matrix(Rows, Dimension);
        CounterRandom.FillNormal(1, 1, 0, noise.Block(0, Rows));
        for (int row = 0; row < Rows; row++)
        {
            var head = posterior.Head.Value.Row(row);
            CounterRandom.FillNormal(2, 1, (ulong)(16 * row), head);
            for (int d = 0; d < Dimension; d++)
                posterior.Latent.Value.Row(row)[d] = head[d] + MathF.Exp(0.5f * head[Dimension + d]) * noise.Row(row)[d];
        }

        var regularizer = Regularizer.Create(options, Dimension, Rows, tableRows: 100);
        KullbackLeibler.Evaluate(posterior, regularizer.DivergenceFactor(step), regularizer.DivergenceWeight, 0, Rows);
        regularizer.Complete(step, posterior, 0, Rows);
        double expected = weights.Zip(posterior.Terms, (weight, term) => (double)weight * term).Sum();

        var prior = new Vae.Numerics.Matrix(Rows, Dimension);
        CounterRandom.FillNormal(step.Seed, RandomStreams.PriorSample, 0, prior.Block(0, Rows));
        var heads = Upload(posterior.Head.Value, 2 * Dimension).requires_grad_();
        var torch = new TorchLatentPosterior(
            heads, new StepDraws(Upload(noise, Dimension), Prior: Upload(prior, Dimension)), HostMemory.Upload(weights, CPU));
        var actual = TorchRegularizer.Create(options, tableRows: 100).Evaluate(torch, step.Factor);
        actual.backward();

        actual.item<float>().Should().BeApproximately((float)expected, 1e-5f);
        float[] gradients = heads.grad!.contiguous().data<float>().ToArray();
        for (int row = 0; row < Rows; row++)
        {
            for (int d = 0; d < Dimension; d++)
            {
                float byLatent = posterior.Latent.Gradient.Row(row)[d];
                float spread = posterior.Latent.Value.Row(row)[d] - posterior.Mean(row)[d];
                gradients[row * 2 * Dimension + d].Should().BeApproximately(posterior.MeanGradient(row)[d] + byLatent, 1e-5f);
                gradients[row * 2 * Dimension + Dimension + d]
                    .Should().BeApproximately(posterior.LogVarianceGradient(row)[d] + byLatent * 0.5f * spread, 1e-5f);
            }
        }
    }

    private static Tensor Upload(Vae.Numerics.Matrix matrix, int columns)
    {
        float[] values = [.. Enumerable.Range(0, Rows).SelectMany(row => matrix.Row(row)[..columns].ToArray())];
        return HostMemory.Upload(values, CPU).view(Rows, columns);
    }
}
