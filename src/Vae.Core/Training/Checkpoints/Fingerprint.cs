using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Vae.Data;
using Vae.Networks;
using Vae.Options;
using Vae.Persistence;

namespace Vae.Training.Checkpoints;

/// <summary>What tells one training from another.</summary>
/// <param name="Rows">Of the rows and their weights.</param>
/// <param name="Setup">Of the layout, the options, the starting point and the trainer.</param>
/// <param name="Seed">The seed, which is a part of the setup too; null where the checkpoint is older than this.</param>
internal sealed record Fingerprint(string Rows, string Setup, int? Seed = null)
{
    /// <summary>Whether the other one is of the same training.</summary>
    public bool IsOfSameTraining(Fingerprint other) => Rows == other.Rows && Setup == other.Setup;

    /// <summary>The fingerprint of a training that has read its rows.</summary>
    public static Fingerprint Of(
        FingerprintedRows rows, Standardization standardization, VaeParameters start, VaeOptions options, string trainer,
        double anchorWeight = 0)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(JsonSerializer.SerializeToUtf8Bytes(LayoutHeader.Of(rows.Layout), HeaderJson.Default.LayoutHeader));
        hash.AppendData(Encoding.UTF8.GetBytes(OptionsJson.Write(options).ToJsonString()));
        hash.AppendData(Encoding.UTF8.GetBytes(trainer));
        if (anchorWeight > 0) hash.AppendData(BitConverter.GetBytes(anchorWeight));
        hash.AppendData(MemoryMarshal.AsBytes<double>(standardization.Means));
        hash.AppendData(MemoryMarshal.AsBytes<double>(standardization.Deviations));
        foreach (var map in standardization.Maps)
        {
            if (map is not null) hash.AppendData(MemoryMarshal.AsBytes(map.Points));
        }

        hash.AppendData(MemoryMarshal.AsBytes<float>(start.Weights.Values));
        hash.AppendData(MemoryMarshal.AsBytes<float>(start.Buffers.Values));
        return new Fingerprint(rows.Hash, Convert.ToHexString(hash.GetHashAndReset()), options.Seed);
    }
}
