using System.Runtime.InteropServices;
using System.Text.Json;
using Vae.Data;

namespace Vae.Persistence;

/// <summary>The maps to normal scores as data of a file: the points of each, one behind the other.</summary>
internal static class QuantileData
{
    private const int NumbersPerPoint = 4;

    /// <summary>The number of points of each slot, or null where no slot has any.</summary>
    public static int[]? Lengths(Standardization standardization) =>
        standardization.Maps.Length == 0 ? null : Array.ConvertAll(standardization.Maps, map => map?.Points.Length ?? 0);

    /// <exception cref="JsonException">There are too many points, or fewer than none.</exception>
    public static long DataLength(IReadOnlyList<int>? lengths)
    {
        if (lengths is null) return 0;
        if (lengths.Any(length => length is < 0 or > QuantileMap.MostPoints))
            throw new JsonException("A map has too many points or fewer than none.");
        return sizeof(double) * NumbersPerPoint * lengths.Sum(length => (long)length);
    }

    public static void Write(Standardization standardization, DataWriter writer)
    {
        foreach (var map in standardization.Maps)
        {
            if (map is not null) writer.Write(MemoryMarshal.Cast<QuantilePoint, double>(map.Points));
        }
    }

    /// <summary>Reads the maps of a layout.</summary>
    /// <exception cref="JsonException">A map cannot be.</exception>
    public static QuantileMap?[]? Read(FeatureLayout layout, IReadOnlyList<int>? lengths, ref DataReader reader)
    {
        if (lengths is null) return null;
        if (lengths.Count != layout.RowWidth) throw new JsonException("There are maps of other slots.");
        var maps = new QuantileMap?[lengths.Count];
        for (int slot = 0; slot < maps.Length; slot++)
        {
            if (lengths[slot] == 0) continue;
            var points = new QuantilePoint[lengths[slot]];
            reader.Read(MemoryMarshal.Cast<QuantilePoint, double>(points.AsSpan()));
            maps[slot] = Array.BinarySearch(layout.AllNumericSlots, slot) >= 0 && QuantileMap.Create(points) is { } map
                ? map
                : throw new JsonException("A map does not rise, is not finite, or is of a slot that is not numeric.");
        }

        return maps;
    }
}
