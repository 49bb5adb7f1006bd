using System.Security.Cryptography;
using System.Text.Json;
using SharpFuzz.Common;

namespace Vae.Fuzzing;

/// <summary>
/// A small fuzzer that is guided by the branches that an input takes, for machines without afl or libFuzzer: whatever takes a new one is
/// kept and changed further.
/// </summary>
internal sealed unsafe class Guided(string findings, int seed)
{
    private const int Branches = 1 << 16;
    private const int LongestInput = 1 << 12;

    private readonly Random _random = new(seed);
    private readonly List<byte[]> _inputs = [];
    private readonly byte[] _trace = GC.AllocateArray<byte>(Branches, pinned: true);
    private readonly bool[] _seen = new bool[Branches];

    /// <summary>Tries a corpus, the shortest inputs first, and then what changes of them give. Keeps what takes a new branch.</summary>
    /// <returns>The number of inputs that the reader failed at.</returns>
    public int Run(string corpus, TimeSpan time)
    {
        fixed (byte* trace = _trace)
            Trace.SharedMem = trace;
        Directory.CreateDirectory(findings);
        int failures = 0;
        foreach (byte[] input in Directory.GetFiles(corpus).Select(File.ReadAllBytes).OrderBy(input => input.Length))
            failures += Try(input);
        if (!_seen.Contains(true)) throw new InvalidOperationException("The library is not instrumented.");
        var end = DateTime.UtcNow + time;
        long tried = 0;
        for (; DateTime.UtcNow < end; tried++)
            failures += Try(Change(_inputs[_random.Next(_inputs.Count)]));
        Console.WriteLine($"{tried} inputs, {_inputs.Count} kept, {_seen.Count(taken => taken)} branches, {failures} failures");
        return failures;
    }

    private int Try(byte[] input)
    {
        if (input.Length > LongestInput) return 0;
        Array.Clear(_trace);
        Trace.PrevLocation = 0;
        try
        {
            ReaderTarget.Run(input);
        }
        catch (Exception exception)
        {
            Console.WriteLine(exception);
            Keep("failure", input);
            return 1;
        }

        bool isNew = false;
        for (int branch = 0; branch < Branches; branch++)
        {
            if (_trace[branch] == 0 || _seen[branch]) continue;
            _seen[branch] = true;
            isNew = true;
        }

        if (!isNew) return 0;
        _inputs.Add(input);
        Keep("input", input);
        return 0;
    }

    private byte[] Change(byte[] input)
    {
        if (input.Length < 100) return [.. input, .. new byte[100]];
        try
        {
            return _random.Next(2) == 0 ? HeaderMutation.Apply(input, _random) : Mutation.Apply(input, _random);
        }
        catch (Exception exception)
            when (exception is JsonException or ArgumentException or InvalidOperationException or NullReferenceException)
        {
            byte[] changed = [.. input];
            changed[_random.Next(changed.Length)] = (byte)_random.Next(256);
            return changed;
        }
    }

    private void Keep(string what, byte[] input) =>
        File.WriteAllBytes(Path.Combine(findings, $"{what}-{Convert.ToHexStringLower(SHA256.HashData(input))[..12]}"), input);
}
