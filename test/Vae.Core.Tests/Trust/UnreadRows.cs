using Vae.Data;
using Vae.Tests.Persistence;

namespace Vae.Tests.Trust;

/// <summary>Rows for a training that is to be refused before it reads them.</summary>
internal sealed class UnreadRows : IFeatureRows
{
    public FeatureLayout Layout => SmallModels.Layout;

    public bool HasWeights => false;

    public IFeatureRowReader Open() => throw new InvalidOperationException("Nobody should read these rows.");
}
