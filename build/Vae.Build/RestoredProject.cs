namespace Vae.Build;

/// <summary>A project and what kept it from being restored, in itself or in a project that it refers to.</summary>
public sealed record RestoredProject(Project Project, IReadOnlyList<RestoreMessage> Errors)
{
    /// <summary>Whether all its packages are there.</summary>
    public bool IsReady => Errors.Count == 0;

    /// <summary>Whether nothing is wrong but that the sources lack some of its packages.</summary>
    public bool IsLeftOut => !IsReady && Errors.All(error => error.SaysNotOffered);

    /// <summary>Whether it could not be restored for another reason.</summary>
    public bool IsFailed => !IsReady && !IsLeftOut;

    /// <summary>The packages that the sources lack.</summary>
    public IEnumerable<string> MissingPackages => Errors.Where(error => error.SaysNotOffered).Select(error => error.Package).Distinct();
}
