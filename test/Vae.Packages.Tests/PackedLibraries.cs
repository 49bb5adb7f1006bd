using Vae.Build;

namespace Vae.Packages.Tests;

/// <summary>The libraries, packed with a version that is higher than any, and a program that gets them from the packages.</summary>
public sealed class PackedLibraries : IDisposable
{
    /// <summary>The version of the packages.</summary>
    public const string Version = "999.9.9-test";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private readonly TemporaryFolder _folder = new();
    private readonly Repository _repository = new(Path.GetFullPath(Metadata("Root")));

    public PackedLibraries()
    {
        try
        {
            PackOutput = Pack();
            WriteUser();
            Dotnet("build", User, "--configuration", Compilation.Configuration, "-property:UseSharedCompilation=false");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Where the packages are.</summary>
    public string Packages => Path.Combine(_folder.Path, "packages");

    /// <summary>What was printed when they were packed.</summary>
    public string PackOutput { get; }

    /// <summary>A program beside the tests that has the libraries as the tree builds them, and loads a model.</summary>
    public static string LoaderProgram => Metadata("LoaderProgram");

    private string User => Path.Combine(_folder.Path, "User", "User.csproj");

    /// <summary>Trains and saves in the program that gets the libraries from the packages.</summary>
    /// <param name="framework">Which build of them.</param>
    /// <param name="model">The model that it saved.</param>
    /// <param name="rows">The rows that it trained on, as ML.NET's binary file.</param>
    /// <returns>What it printed.</returns>
    public string[] Train(string framework, out string model, out string rows)
    {
        string results = Directory.CreateDirectory(Path.Combine(_folder.Path, $"results-{framework}")).FullName;
        model = Path.Combine(results, "model.zip");
        rows = Path.Combine(results, "rows.idv");
        return Run(Path.Combine(Path.GetDirectoryName(User)!, "bin", Compilation.Configuration, framework, "User.dll"), model, rows);
    }

    /// <summary>Runs a program and gives what it printed, line by line.</summary>
    public string[] Run(string program, params string[] arguments) =>
        Dotnet(["exec", program, .. arguments]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public void Dispose() => _folder.Dispose();

    private string Dotnet(params string[] arguments)
    {
        var result = DotNet.Capture(_repository, Limit, arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException(
                $"dotnet {string.Join(' ', arguments)} ended with {result.ExitCode}:{Environment.NewLine}{result.Everything}");
    }

    private string Pack()
    {
        var libraries = _repository.FindProjects()
            .Where(project => _repository.Relative(project).StartsWith("src/", StringComparison.Ordinal));
        return Dotnet(
            "pack", _repository.WriteSolution("pack", libraries), "--configuration", Compilation.Configuration, "--output", Packages,
            "--artifacts-path", Path.Combine(_folder.Path, "artifacts"), $"-property:Version={Version}",
            "-property:UseSharedCompilation=false");
    }

    private void WriteUser()
    {
        // Packages that the machine has are read where they are; the packed libraries are unpacked in the folder that goes after the tests.
        string machinePackages = Dotnet("nuget", "locals", "global-packages", "--list", "--force-english-output").Split(':', 2)[1].Trim();
        _folder.Write("User/User.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFrameworks>net8.0;net10.0</TargetFrameworks>
                <RollForward>Major</RollForward>
                <UseAppHost>false</UseAppHost>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <RestoreAdditionalProjectSources>{Packages}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{Path.Combine(_folder.Path, "unpacked")}</RestorePackagesPath>
                <RestoreFallbackFolders>{machinePackages}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Vae.MLNet" Version="{Version}" />
              </ItemGroup>
            </Project>
            """);
        _folder.Write("User/Program.cs", """
            using Microsoft.ML;
            using Microsoft.ML.Data;

            var mlContext = new MLContext(1);
            var data = mlContext.Data.LoadFromEnumerable(Enumerable.Range(0, 200)
                .Select(i => new Row { Features = [i, i % 7, 200 - i, i * i % 13], IsSpecial = i % 3 == 0 }));
            ITransformer model = mlContext.Transforms.VaeEmbed("Embedding", "Features", latentDimension: 2, epochs: 5).Fit(data);
            mlContext.Model.Save(model, data.Schema, args[0]);
            using (var stream = File.Create(args[1]))
                mlContext.Data.SaveAsBinary(data, stream);

            Print("trained", model);
            Print("loaded", mlContext.Model.Load(args[0], out _));

            void Print(string name, ITransformer model)
            {
                foreach (var embedding in model.Transform(data).GetColumn<float[]>("Embedding"))
                    Console.WriteLine(name + " " + string.Join(' ', embedding.Select(Bits)));
            }

            static string Bits(float value) => BitConverter.SingleToInt32Bits(value).ToString("x8");

            internal sealed class Row
            {
                [VectorType(4)]
                public float[] Features { get; set; } = [];

                public bool IsSpecial { get; set; }
            }
            """);
    }

    private static string Metadata(string key) => BuildMetadata.Of(typeof(PackedLibraries), key);
}
