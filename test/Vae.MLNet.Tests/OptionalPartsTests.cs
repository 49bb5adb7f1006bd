using FluentAssertions;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>Vae.TorchSharp, TorchSharp and libtorch are optional: a program trains in folders that lack one after the other.</summary>
public sealed class OptionalPartsTests
{
    private static readonly string FitterProgram = BuildMetadata.Of(typeof(OptionalPartsTests), "FitterProgram");

    [Theory]
    [InlineData(
        "Vae.TorchSharp.dll", "the application has no Vae.TorchSharp.dll of version * or later; the package Vae.TorchSharp brings it")]
    [InlineData("TorchSharp.dll", "the application has no TorchSharp.dll of version * or later; the package TorchSharp brings it")]
    [InlineData(
        null,
        "the application brings no libtorch; one of the packages TorchSharp-cpu, TorchSharp-cuda-linux and TorchSharp-cuda-windows would")]
    public async Task Without_a_part_Managed_and_Auto_train_and_TorchSharp_says_what_is_missing(string? without, string reason)
    {
        using var folder = new TemporaryFolder();
        string[] lines = await Fit(folder, home =>
        {
            if (without is not null) File.Delete(Path.Combine(home, without));
        });

        lines.Should().HaveCount(5);
        lines[0].Should().Be("Info: Training in managed code, as was asked for.");
        lines[1].Should().Be("Trainer: Managed");
        lines[2].Should().Match($"Info: Training in managed code: {reason}.");
        lines[3].Should().Be("Trainer: Managed");
        lines[4].Should().Match($"InvalidOperationException: TorchSharp cannot train: {reason}.");
    }

    [Fact]
    public async Task A_libtorch_that_cannot_be_loaded_is_a_warning_with_the_words_of_the_loader()
    {
        using var folder = new TemporaryFolder();
        string[] lines = await Fit(folder, home =>
        {
            File.WriteAllText(Path.Combine(home, NativeName("LibTorchSharp")), "This is no library.");
            File.WriteAllText(Path.Combine(home, NativeName("torch")), "Nor is this.");
        });

        lines.Should().HaveCount(5);
        lines[2].Should().StartWith("Warning: Training in managed code: libtorch is there but cannot be loaded: ")
            .And.Contain(NativeName("LibTorchSharp"))
            .And.EndWith("What helps: TorchSharp-cpu 0.102.7 on older systems, a newer system, or the managed trainer.");
        lines[3].Should().Be("Trainer: Managed");
        string reason = lines[2]["Warning: Training in managed code: ".Length..];
        lines[4].Should().Be("InvalidOperationException: TorchSharp cannot train: " + reason);
    }

    [Fact]
    public void The_plug_in_refers_to_no_type_of_TorchSharp() =>
        typeof(VaeEmbeddingEstimator).Assembly.GetReferencedAssemblies().Should().NotContain(reference => reference.Name == "TorchSharp");

    private static string NativeName(string library) =>
        OperatingSystem.IsWindows() ? $"{library}.dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>
    /// Trains by each kind of trainer in a changed copy of the program's folder. Without its deps.json it has the assemblies that lie
    /// there.
    /// </summary>
    private static async Task<string[]> Fit(TemporaryFolder folder, Action<string> change)
    {
        string home = ChildProcess.Copy(FitterProgram, folder["program"]);
        File.Delete(Path.Combine(home, Path.ChangeExtension(Path.GetFileName(FitterProgram), "deps.json")));
        change(home);
        string program = Path.Combine(home, Path.GetFileName(FitterProgram));
        var (exitCode, output, errors) = await ChildProcess.Run(
            program, nameof(TrainerKind.Managed), nameof(TrainerKind.Auto), nameof(TrainerKind.TorchSharp));
        exitCode.Should().Be(0, errors);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }
}
