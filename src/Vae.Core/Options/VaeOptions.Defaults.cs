namespace Vae.Options;

/// <content>Defaults that other signatures share.</content>
public sealed partial record VaeOptions
{
    /// <summary>The defaults that have to be constants, because optional parameters repeat them.</summary>
    public static class Defaults
    {
        /// <summary>The default of <see cref="VaeOptions.LatentDimension"/>.</summary>
        public const int LatentDimension = 8;

        /// <summary>The default of <see cref="VaeOptions.Epochs"/>.</summary>
        public const int Epochs = 200;
    }
}
