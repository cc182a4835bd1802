namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Several streams read one after the other; each is opened when the one before has ended, and disposed at its end.</summary>
internal sealed class JoinedStream(IEnumerable<Stream> streams) : Stream
{
    private readonly IEnumerator<Stream> _streams = streams.GetEnumerator();
    private Stream? _current;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException("The length is known at the end.");

    public override long Position { get => throw new NotSupportedException("Only forward."); set => throw new NotSupportedException("Only forward."); }

    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && Next() is { } stream)
        {
            if (stream.Read(buffer) is > 0 and var read) return read;
            Leave();
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty && Next() is { } stream)
        {
            if (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var read) return read;
            Leave();
        }

        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("Only forward.");

    public override void SetLength(long value) => throw new NotSupportedException("Read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Read only.");

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Leave();
            _streams.Dispose();
        }

        base.Dispose(disposing);
    }

    private Stream? Next()
    {
        if (_current is null && !_ended)
        {
            if (_streams.MoveNext()) _current = _streams.Current;
            else _ended = true;
        }

        return _current;
    }

    private void Leave()
    {
        _current?.Dispose();
        _current = null;
    }
}
