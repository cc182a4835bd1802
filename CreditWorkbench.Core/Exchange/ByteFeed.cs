namespace CreditWorkbench.Core.Exchange;

/// <summary>The bytes of a stream one after the other, through one buffer.</summary>
internal sealed class ByteFeed(Stream stream)
{
    private readonly byte[] _buffer = new byte[1 << 16];
    private long _before;
    private int _at;
    private int _end;

    /// <summary>Number of bytes taken so far.</summary>
    public long Position => _before + _at;

    /// <summary>The next byte; -1 at the end.</summary>
    public int Current => _at < _end || Fill(1) ? _buffer[_at] : -1;

    /// <summary>The byte after the next; -1 where there is none.</summary>
    public int Second => _end - _at > 1 || Fill(2) ? _buffer[_at + 1] : -1;

    /// <summary>Passes over the next byte, which is there.</summary>
    public void Advance() => _at++;

    /// <summary>Takes the next byte; -1 at the end.</summary>
    public int Take()
    {
        var next = Current;
        if (next >= 0) _at++;
        return next;
    }

    // Keeps what is left and reads until so many bytes are there or the stream ends.
    private bool Fill(int least)
    {
        var left = _end - _at;
        Buffer.BlockCopy(_buffer, _at, _buffer, 0, left);
        _before += _at;
        (_at, _end) = (0, left + stream.ReadAtLeast(_buffer.AsSpan(left), least - left, throwOnEndOfStream: false));
        return _end >= least;
    }
}
