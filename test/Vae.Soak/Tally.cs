using System.Globalization;

namespace Vae.Soak;

/// <summary>What has been done.</summary>
internal sealed class Tally
{
    public int Trainings { get; set; }

    public int ByTorch { get; set; }

    public int Kills { get; set; }

    public int DamagedFiles { get; set; }

    public long Scores { get; set; }

    /// <summary>The managed memory that is in use after the last round, in bytes.</summary>
    public long Memory { get; set; }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Trainings} trainings ({ByTorch} by TorchSharp), {Kills} kills, {DamagedFiles} damaged files, {Scores} scores, "
        + $"{Memory / 1e6:0.0} MB managed");
}
