namespace CreditWorkbench.Core.Store.Keys;

/// <summary>Reads a sealed file block by block; one block is in memory.</summary>
internal sealed class UnsealingStream : Stream
{
    private readonly KeyRing _ring;
    private readonly Stream _file;
    private readonly Guid _id;
    private readonly int _sealedSize;
    private readonly long _blocks;
    private byte[] _block = [];
    private long _held = -1;
    private long _position;

    public UnsealingStream(KeyRing ring, Stream file, Guid id)
    {
        (_ring, _file, _id) = (ring, file, id);
        var overhead = SealedFile.Overhead(ring);
        _sealedSize = SealedFile.BlockSize + overhead;
        var body = file.Length - SealedFile.HeaderSize;
        _blocks = (body + _sealedSize - 1) / _sealedSize;
        Length = body - _blocks * overhead;
    }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A position is not negative.");
    }

    public override int Read(Span<byte> buffer)
    {
        if (_position >= Length || buffer.IsEmpty) return 0;
        Hold(_position / SealedFile.BlockSize);
        var at = (int)(_position % SealedFile.BlockSize);
        var count = Math.Min(buffer.Length, _block.Length - at);
        _block.AsSpan(at, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // Unsealing is work of the processor, and a block of the file comes from the system's cache: there is nothing to wait for.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Read(buffer.Span));
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException("A sealed file is read only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("A sealed file is read only.");

    protected override void Dispose(bool disposing)
    {
        if (disposing) _file.Dispose();
        base.Dispose(disposing);
    }

    private void Hold(long index)
    {
        if (index == _held) return;
        var start = SealedFile.HeaderSize + index * _sealedSize;
        var sealedBytes = new byte[(int)Math.Min(_sealedSize, _file.Length - start)];
        _file.Position = start;
        _file.ReadExactly(sealedBytes);
        _block = _ring.Open(sealedBytes, SealedFile.PlaceOf(_id, index, last: index == _blocks - 1));
        _held = index;
    }
}
