namespace Vae.Options;

/// <summary>A seed, and whether anybody chose it, which does not tell two options apart.</summary>
internal readonly record struct ChosenSeed(int Value, bool IsChosen)
{
    public bool Equals(ChosenSeed other) => Value == other.Value;

    public override int GetHashCode() => Value;
}
