namespace CreditWorkbench.Core.Decisioning;

/// <summary>Consecutive rows of a file, scored.</summary>
/// <param name="Rows">Rows of the block.</param>
/// <param name="Errors">Rows among them that could not be scored.</param>
/// <param name="Csv">A line per row; valid until the receiver returns.</param>
/// <param name="Challenged">The release of a canary's challenger and how many of the rows it scored; null where none.</param>
public sealed record ScoredBlock(int Rows, IReadOnlyList<BatchError> Errors, ReadOnlyMemory<byte> Csv, (Kernel.ContentHash Release, long Rows)? Challenged = null);

/// <summary>Takes the blocks of a file in order, one at a time; null goes on, a problem ends the run with it.</summary>
/// <param name="block">The block.</param>
/// <param name="cancellationToken">Cancels.</param>
public delegate ValueTask<Kernel.Problem?> ScoredBlockReceiver(ScoredBlock block, CancellationToken cancellationToken);
