namespace CreditWorkbench.Web.Components;

/// <summary>Reads from another stream and tells now and then how many bytes have passed.</summary>
/// <param name="inner">The stream; disposed with this one.</param>
/// <param name="told">Called with the bytes so far, at most once per 256 KiB.</param>
internal sealed class CountingStream(Stream inner, Action<long> told) : Stream
{
    private const long Every = 256 << 10;
    private long _passed;
    private long _toldAt;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => _passed;
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => Pass(await inner.ReadAsync(buffer, cancellationToken));

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Pass(inner.Read(buffer, offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private int Pass(int count)
    {
        _passed += count;
        if (_passed - _toldAt >= Every)
        {
            _toldAt = _passed;
            told(_passed);
        }

        return count;
    }
}
