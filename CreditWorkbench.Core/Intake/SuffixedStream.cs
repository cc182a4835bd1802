namespace CreditWorkbench.Core.Intake;

/// <summary>Gives the bytes of a stream, then some more.</summary>
internal sealed class SuffixedStream(Stream first, ReadOnlyMemory<byte> suffix) : ForwardStream(first)
{
    private ReadOnlyMemory<byte> _suffix = suffix;

    public override int Read(Span<byte> buffer)
    {
        var read = base.Read(buffer);
        return read > 0 ? read : TakeSuffix(buffer);
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await base.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        return read > 0 ? read : TakeSuffix(buffer.Span);
    }

    private int TakeSuffix(Span<byte> destination)
    {
        var count = Math.Min(destination.Length, _suffix.Length);
        _suffix.Span[..count].CopyTo(destination);
        _suffix = _suffix[count..];
        return count;
    }
}
