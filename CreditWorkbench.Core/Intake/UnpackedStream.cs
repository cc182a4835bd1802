namespace CreditWorkbench.Core.Intake;

/// <summary>Reads an unpacking stream and refuses when it grows beyond the limits on size and ratio.</summary>
/// <param name="inner">The unpacking stream, owned.</param>
/// <param name="packedRead">Packed bytes taken so far; null when nothing is packed.</param>
/// <param name="options">Limits.</param>
/// <param name="owner">What else to dispose: the archive.</param>
internal sealed class UnpackedStream(Stream inner, Func<long>? packedRead, FileReadOptions options, IDisposable? owner = null) : ForwardStream(inner)
{
    private long _unpacked;

    protected override int Seen(int read)
    {
        _unpacked += read;
        if (_unpacked > options.MaxBytes) throw new UnpackRefusedException(FileProblems.TooLarge(options.MaxBytes));
        if (packedRead is not null && _unpacked > options.RatioFreeBytes && _unpacked > options.MaxRatio * packedRead())
            throw new UnpackRefusedException(FileProblems.Ratio(options.MaxRatio));
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) owner?.Dispose();
    }
}
