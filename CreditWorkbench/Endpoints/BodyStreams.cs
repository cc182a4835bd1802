using System.IO.Compression;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>A stream that is only read, forwards.</summary>
public abstract class ForwardStream : Stream
{
    /// <inheritdoc/>
    public override bool CanRead => true;
    /// <inheritdoc/>
    public override bool CanSeek => false;
    /// <inheritdoc/>
    public override bool CanWrite => false;
    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();
    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
    /// <inheritdoc/>
    public override void Flush() => throw new NotSupportedException();
    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Bodies are read without blocking.");
    /// <inheritdoc/>
    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
    /// <inheritdoc/>
    public abstract override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default);
    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

/// <summary>A stream that refuses to become longer than a limit.</summary>
public sealed class BoundedStream(Stream inner, long limit) : ForwardStream
{
    /// <summary>Bytes read so far.</summary>
    public long Total { get; private set; }

    // The last four bytes read.
    private uint _tail;

    /// <summary>Whether the last four bytes read are a length, as at the end of gzip (RFC 1952, ISIZE). The framework does not look: to it, data cut short simply end.</summary>
    public bool EndsWith(uint length) => Total >= sizeof(uint) && _tail == length;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        if ((Total += read) > limit) throw new BodyRefusedException(BodyProblems.TooLarge(limit));
        foreach (var last in buffer.Span[Math.Max(0, read - sizeof(uint))..read]) _tail = (_tail >> 8) | ((uint)last << 24);
        return read;
    }
}

/// <summary>A gzip stream of one member, unpacked, that refuses to become longer than a limit or more than a hundred times as long as what came in.</summary>
public sealed class UnpackedStream : ForwardStream
{
    private const int MostRatio = 100;

    // So much may come out before the ratio is judged: headers and the first block of a small honest body.
    private const long Grace = 64 << 10;

    private readonly long _limit;
    private readonly BoundedStream _packed;
    private readonly GZipStream _unpacked;
    private long _total;

    /// <summary>Unpacks what comes in.</summary>
    public UnpackedStream(Stream packed, long limit)
    {
        _limit = limit;
        _packed = new BoundedStream(packed, limit);
        _unpacked = new GZipStream(_packed, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            var read = await _unpacked.ReadAsync(buffer, cancellationToken);
            if (read == 0 && buffer.Length > 0 && !_packed.EndsWith((uint)_total)) throw new BodyRefusedException(BodyProblems.Broken);
            _total += read;
            if (_total > _limit) throw new BodyRefusedException(BodyProblems.TooLarge(_limit));
            if (_total > Grace && _total > _packed.Total * MostRatio) throw new BodyRefusedException(BodyProblems.Bomb);
            return read;
        }
        catch (InvalidDataException)
        {
            throw new BodyRefusedException(BodyProblems.Broken);
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _unpacked.Dispose();
        base.Dispose(disposing);
    }
}
