namespace Vae.Tests.Persistence;

/// <summary>A stream that only goes forward, gives a few bytes at a time, and counts them: like an entry of a zip file.</summary>
internal sealed class OneWayStream(byte[] bytes, int mostAtOnce) : Stream
{
    public int Taken { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = Math.Min(Math.Min(count, mostAtOnce), bytes.Length - Taken);
        bytes.AsSpan(Taken, read).CopyTo(buffer.AsSpan(offset));
        Taken += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
