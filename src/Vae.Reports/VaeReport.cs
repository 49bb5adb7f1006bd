using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Vae.Notebooks;
using Vae.Persistence;
using Vae.Reports.Page;

namespace Vae.Reports;

/// <summary>
/// What a model makes of a table, as one HTML page that loads nothing: the latent map, what moves along each dimension, the most unusual
/// rows with their reasons, the scores, the columns, the training and the findings of the diagnosis. <see cref="ReportExtensions"/> makes
/// reports. A notebook shows the <see cref="Map"/>.
/// </summary>
[TypeFormatterSource]
public sealed class VaeReport
{
    private readonly string _html;

    internal VaeReport(ReportSource source, string title)
    {
        _html = ReportBuilder.Write(source, title);
        Map = new LatentMap(source);
    }

    /// <summary>The map of the rows, for a notebook or a page of one's own.</summary>
    public LatentMap Map { get; }

    /// <summary>The page.</summary>
    public string ToHtml() => _html;

    /// <summary>Writes the page to a file. A crash leaves either the old file or the new one.</summary>
    /// <param name="path">The file, usually with the ending .html; an existing one is replaced, a missing folder is made.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(_html)));
    }

    /// <summary>
    /// Writes the page to a file and opens it in the system's browser. Where there is none, as on a server, the file is there all the same.
    /// </summary>
    /// <param name="path">The file; null for one in a new temporary folder.</param>
    /// <returns>The full path of the file.</returns>
    public string Open(string? path = null)
    {
        path = Path.GetFullPath(path ?? Path.Combine(Directory.CreateTempSubdirectory("vae-report-").FullName, "report.html"));
        Save(path);
        try
        {
            Process.Start(new ProcessStartInfo(path) { UseShellExecute = true })?.Dispose();
        }
        catch (Win32Exception)
        {
            // Nothing here opens pages; the caller has the path.
        }

        return path;
    }
}
