using System.IO.Compression;

namespace CreditWorkbench.Core.Intake;

/// <summary>Unpacks gzip and refuses a file that was cut short, which the framework's stream ends without a word.</summary>
/// <remarks>A gzip file may hold several members. One more is appended here, with known bytes: they come out at the end exactly
/// when everything before them was whole. The last bytes are therefore held back until more follow.</remarks>
internal sealed class GzipBytes(Stream packed) : ForwardStream(new GZipStream(new SuffixedStream(packed, LastMember), CompressionMode.Decompress))
{
    private static readonly byte[] Mark = [0x43, 0x57, 0x00, 0xFF, 0x0A, 0x9E, 0x37, 0x79];
    private static readonly byte[] LastMember = Pack(Mark);

    private readonly byte[] _ahead = new byte[1 << 16];
    private int _start;
    private int _end;
    private bool _ended;

    public override int Read(Span<byte> buffer)
    {
        while (!_ended && _end - _start <= Mark.Length) Took(Inner.Read(Room().Span));
        return Give(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!_ended && _end - _start <= Mark.Length) Took(await Inner.ReadAsync(Room(), cancellationToken).ConfigureAwait(false));
        return Give(buffer.Span);
    }

    private static byte[] Pack(byte[] bytes)
    {
        var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest)) gzip.Write(bytes);
        return target.ToArray();
    }

    private Memory<byte> Room()
    {
        _ahead.AsSpan(_start, _end - _start).CopyTo(_ahead);
        (_start, _end) = (0, _end - _start);
        return _ahead.AsMemory(_end);
    }

    private void Took(int read)
    {
        _end += read;
        if (read > 0) return;
        _ended = true;
        if (!_ahead.AsSpan(_start, _end - _start).SequenceEqual(Mark)) throw new InvalidDataException("the gzip data ends too early.");
    }

    private int Give(Span<byte> buffer)
    {
        var count = Math.Min(buffer.Length, _end - _start - Mark.Length);
        if (count <= 0) return 0;
        _ahead.AsSpan(_start, count).CopyTo(buffer);
        _start += count;
        return count;
    }
}
