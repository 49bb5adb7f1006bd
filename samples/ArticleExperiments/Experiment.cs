using System.Runtime.CompilerServices;
using Vae.Options;

namespace Vae.Samples.Article;

/// <summary>One way to train the article's network.</summary>
/// <param name="Name">The name of its page.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Source">Where in the article it comes from.</param>
/// <param name="Idea">What it is about, in a sentence or two.</param>
/// <param name="Loss">What is minimized, in words.</param>
/// <param name="Options">The options.</param>
/// <param name="Slipped">Whether some values of the training wines are outliers: <see cref="SlippedDecimals"/>.</param>
/// <param name="Code">The options as they stand in the program.</param>
internal sealed record Experiment(
    string Name, string Title, string Source, string Idea, string Loss, VaeOptions Options, bool Slipped = false,
    [CallerArgumentExpression(nameof(Options))] string Code = "");
