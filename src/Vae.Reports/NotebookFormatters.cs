using System.Diagnostics.CodeAnalysis;
using Vae.Diagnostics;
using Vae.History;

namespace Vae.Reports;

/// <summary>
/// What .NET notebooks find by the attribute on the types that they show. They call <see cref="CreateTypeFormatters"/>, and of each
/// formatter the members of these names, by reflection: there is no interface, and no package to refer to.
/// </summary>
[SuppressMessage("Performance", "CA1822", Justification = "A notebook looks for members of an instance.")]
internal sealed class NotebookFormatters
{
    /// <summary>The formatters, in no order.</summary>
    public IEnumerable<object> CreateTypeFormatters() =>
    [
        new HtmlFormatter<VaeDiagnosis>(diagnosis => diagnosis.ToHtml()),
        new HtmlFormatter<TrainingHistory>(history => history.ToHtml()),
        new HtmlFormatter<LatentMap>(map => map.ToHtml()),
        new HtmlFormatter<VaeReport>(report => report.Map.ToHtml()),
    ];

    /// <summary>Shows values of one type.</summary>
    internal sealed class HtmlFormatter<T>(Func<T, string> toHtml)
    {
        /// <summary>What is written.</summary>
        public string MimeType => "text/html";

        /// <summary>What is shown.</summary>
        public Type Type => typeof(T);

        /// <summary>Writes a value; false if it is of another type.</summary>
        public bool Format(object instance, TextWriter writer)
        {
            if (instance is not T value) return false;
            writer.Write(toHtml(value));
            return true;
        }
    }
}
