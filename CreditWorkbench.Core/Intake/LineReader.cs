using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Intake;

/// <summary>Physical lines of a window, in UTF-8, without their ends.</summary>
/// <param name="window">Owned.</param>
/// <param name="encoding">Of the text; UTF-16 is recoded before.</param>
/// <param name="maxCellBytes">A line may be 64 times as long.</param>
internal sealed class LineReader(ByteWindow window, Encoding encoding, int maxCellBytes) : IAsyncDisposable
{
    private readonly bool _western = ReferenceEquals(encoding, TextEncoding.Western);
    private byte[]? _recoded;
    private int _length;
    private int _consumed;

    /// <summary>One-based number of the current line.</summary>
    public long Number { get; private set; }

    /// <summary>Why reading stopped before the end; null when it did not.</summary>
    public Problem? Failure { get; private set; }

    /// <summary>The current line; valid until the next one is read.</summary>
    public ReadOnlySpan<byte> Line => _recoded ?? window.Pending[.._length];

    /// <summary>Steps to the next line; false at the end or on a failure.</summary>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        Release();
        int length;
        while ((length = RecordSplitter.LineLength(window.Pending, window.Ended)) < 0)
        {
            if (window.Pending.Length > (long)maxCellBytes * 64)
            {
                Failure = FileProblems.RowTooLong(maxCellBytes);
                return false;
            }

            await window.FillAsync(cancellationToken).ConfigureAwait(false);
        }

        Failure = window.Failure;
        if (length == 0 || Failure is not null) return false;
        Number++;
        _consumed = length;
        _length = window.Pending[..length].TrimEnd("\r\n"u8).Length;
        // A line that is no UTF-8 is read as the Western code page even where the file's start was plain ASCII.
        if (_western || !System.Text.Unicode.Utf8.IsValid(window.Pending[.._length])) _recoded = Encoding.UTF8.GetBytes(TextEncoding.Western.GetString(window.Pending[.._length]));
        return true;
    }

    /// <summary>Forgets the current line, so that the window stands behind it.</summary>
    public void Release()
    {
        window.Consume(_consumed);
        (_consumed, _recoded) = (0, null);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => window.DisposeAsync();
}
