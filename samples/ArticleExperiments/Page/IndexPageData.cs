using Vae.Samples.Page;

namespace Vae.Samples.Article.Page;

/// <summary>What the index shows, under the names that its script knows.</summary>
internal sealed record IndexPageData(string[] Cultivars, WineMark[] Wines, RunData[] Runs, PrincipalRun Principal)
{
    /// <summary>Collects what the index shows.</summary>
    public static IndexPageData From(Split split, RunData[] runs, PrincipalRun principal) =>
        new(CultivarNames.Of(split.Table), WineMark.Of(split), runs, principal);
}
