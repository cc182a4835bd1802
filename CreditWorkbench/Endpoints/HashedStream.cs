using System.Security.Cryptography;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Hashes a body while it is read.</summary>
public sealed class HashedStream(Stream inner) : ForwardStream
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _total;

    /// <summary>The body.</summary>
    public Stream Inner => inner;

    /// <inheritdoc/>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        _hash.AppendData(buffer.Span[..read]);
        _total += read;
        return read;
    }

    /// <summary>Reads what is left and gives SHA-256 of the whole.</summary>
    /// <param name="limit">Bytes after which a body is not read on; what follows then does not count.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<byte[]> FinishAsync(long limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 << 10];
        try
        {
            while (_total <= limit && await ReadAsync(buffer, cancellationToken) > 0)
            {
            }
        }
        catch (BadHttpRequestException)
        {
            // Longer than the server reads on: what came so far tells bodies apart.
        }

        return _hash.GetHashAndReset();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _hash.Dispose();
        base.Dispose(disposing);
    }
}
