using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Input as it was taken.</summary>
/// <param name="Hash">SHA-256 of the bytes.</param>
/// <param name="Bytes">How many.</param>
public sealed record BatchInput(ContentHash Hash, long Bytes);

/// <summary>A finished stretch of rows. Parts are whole or absent, so work goes on behind the last one.</summary>
/// <param name="Index">From 0.</param>
/// <param name="RowsEnd">Data rows of the input up to and with this part.</param>
/// <param name="Rejected">Rows of this part that could not be scored.</param>
/// <param name="Errors">The first of them.</param>
/// <param name="Challenged">Rows of this part that challengers of canaries scored, by the hash of their release; null where none.</param>
public sealed record BatchPart(int Index, long RowsEnd, long Rejected, IReadOnlyList<BatchError> Errors, IReadOnlyDictionary<string, long>? Challenged = null);

/// <summary>Bytes of batches: encrypted files under the data directory.</summary>
public interface IBatchFiles
{
    /// <summary>Keeps the input of a batch as it streams in.</summary>
    /// <returns>What came, or <c>body.tooLarge</c>, <c>file.empty</c>: then nothing is kept.</returns>
    Task<Outcome<BatchInput>> TakeAsync(Guid id, Stream content, CancellationToken cancellationToken);

    /// <summary>The input; the caller disposes it. Its position tells how far reading has come.</summary>
    Stream OpenInput(Guid id);

    /// <summary>Finished parts of a batch in order, published or not; none at the start.</summary>
    Task<IReadOnlyList<BatchPart>> PartsAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Writes a part, by a rename; the same part of another worker is replaced by the same bytes.</summary>
    Task WritePartAsync(Guid id, BatchPart part, ReadOnlyMemory<byte> lines, CancellationToken cancellationToken);

    /// <summary>Lets the results appear, by one rename; does nothing where they have.</summary>
    void Publish(Guid id);

    /// <summary>Whether the results have appeared.</summary>
    bool HasResults(Guid id);

    /// <summary>Lines of the results in order; the caller disposes the stream. Null where there are none.</summary>
    Stream? OpenResults(Guid id);

    /// <summary>Removes everything of a batch.</summary>
    void Remove(Guid id);

    /// <summary>Removes what belongs to no batch and is older than a moment: uploads that broke off.</summary>
    Task SweepAsync(Func<Guid, CancellationToken, Task<bool>> isKnown, DateTimeOffset before, CancellationToken cancellationToken);
}
