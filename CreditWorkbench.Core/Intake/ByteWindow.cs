using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>A sliding window over a stream: the bytes that were read and not yet consumed, contiguous.</summary>
/// <remarks>The window grows only when its reader asks for more without consuming; readers bound that by their cell limit.</remarks>
internal sealed class ByteWindow(Stream stream, int capacity = 1 << 18) : IAsyncDisposable
{
    private byte[] _bytes = new byte[capacity];
    private int _start;
    private int _end;

    /// <summary>Whether the stream has no more bytes.</summary>
    public bool Ended { get; private set; }

    /// <summary>Why the stream stopped before its end; null when it did not.</summary>
    public Problem? Failure { get; private set; }

    /// <summary>Bytes read and not consumed; valid until the next fill.</summary>
    public Span<byte> Pending => _bytes.AsSpan(_start, _end - _start);

    /// <summary>Forgets consumed bytes.</summary>
    public void Consume(int count) => _start += count;

    /// <summary>Reads more bytes behind the pending ones; marks the end, or a failure, which also ends.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        MakeRoom();
        try
        {
            var read = await stream.ReadAsync(_bytes.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += read;
            Ended = read == 0;
        }
        catch (UnpackRefusedException refusal)
        {
            Fail(refusal.Problem);
        }
        catch (InvalidDataException damaged)
        {
            Fail(FileProblems.Broken(damaged.Message));
        }
    }

    /// <summary>Reads until at least <paramref name="count"/> bytes are pending or the stream ends.</summary>
    public async ValueTask FillToAsync(int count, CancellationToken cancellationToken)
    {
        while (!Ended && _end - _start < count) await FillAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A window over the same bytes, recoded to UTF-8; it takes the place of this one.</summary>
    public ByteWindow Recoded(Encoding encoding)
    {
        var rest = new PrefixedStream(Pending.ToArray(), stream);
        return new ByteWindow(Encoding.CreateTranscodingStream(rest, encoding, Encoding.UTF8), capacity);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private void Fail(Problem problem) => (Failure, Ended) = (problem, true);

    private void MakeRoom()
    {
        if (_end < _bytes.Length && _start == 0) return;
        var pending = _end - _start;
        var target = pending > _bytes.Length / 2 ? new byte[_bytes.Length * 2] : _bytes;
        if (_start > 0 || target != _bytes) Pending.CopyTo(target);
        (_bytes, _start, _end) = (target, 0, pending);
    }
}
