using System.Reflection;
using FluentAssertions;
using Microsoft.ML;
using Microsoft.ML.Runtime;
using Xunit;

namespace Vae.MLNet.Tests;

/// <summary>
/// ML.NET's commands and entry points save data views rather than transformers, through members that it keeps to itself: reached by
/// reflection here.
/// </summary>
public sealed class SavedViewTests
{
    private static readonly Assembly Core = typeof(ITransformer).Assembly;
    private static readonly Assembly Data = typeof(MLContext).Assembly;

    [Fact]
    public void A_data_view_with_the_embedding_is_saved_and_applied_to_other_rows()
    {
        var mlContext = new MLContext(1);
        var transformer = Quick.Embed(mlContext, "Features").Fit(Tables.Vectors(mlContext));
        var other = Tables.Vectors(mlContext, 30, seed: 2);
        using var stream = new MemoryStream();

        Save(stream, transformer.Transform(Tables.Vectors(mlContext)));
        stream.Position = 0;
        var loaded = Load(new MLContext(), stream, other);

        loaded.Embeddings().Should().BeEquivalentTo(transformer.Transform(other).Embeddings(), options => options.WithStrictOrdering());
    }

    private static void Save(Stream stream, IDataView view)
    {
        var type = Core.GetType("Microsoft.ML.RepositoryWriter", throwOnError: true)!;
        using var repository = (IDisposable)type.GetMethod("CreateNew")!.Invoke(null, [stream, null, true])!;
        typeof(ModelSaveContext).GetMethods(BindingFlags.Static | BindingFlags.NonPublic)
            .Single(method => method.Name == "SaveModel" && method.GetParameters().Length == 3)
            .MakeGenericMethod(typeof(ICanSaveModel)).Invoke(null, [repository, view, "view"]);
        type.GetMethod("Commit")!.Invoke(repository, null);
    }

    private static IDataView Load(IHostEnvironment environment, Stream stream, IDataView rows)
    {
        var type = Core.GetType("Microsoft.ML.RepositoryReader", throwOnError: true)!;
        using var repository = (IDisposable)type.GetMethod("Open")!.Invoke(null, [stream, null, true])!;
        var signature = Assembly.Load("Microsoft.ML.Core").GetTypes().Concat(Data.GetTypes())
            .Single(candidate => candidate.Name == "SignatureLoadDataTransform");
        var load = Core.GetType("Microsoft.ML.ModelLoadContext", throwOnError: true)!.GetMethods(BindingFlags.Static | BindingFlags.Public)
            .Single(method => method.Name == "LoadModel"
                && method.GetParameters() is [_, _, { ParameterType: var third }, { ParameterType: var fourth }, _]
                && third == type && fourth == typeof(string));
        object?[] arguments = [environment, null, repository, "view", new object[] { rows }];
        load.MakeGenericMethod(typeof(IDataView), signature).Invoke(null, arguments);
        return (IDataView)arguments[1]!;
    }
}
