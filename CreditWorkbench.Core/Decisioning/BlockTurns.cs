using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Lets several threads share one file: one at a time reads a block, and blocks are handed on in the order in which they were read.</summary>
internal sealed class BlockTurns(CancellationToken cancellationToken) : IDisposable
{
    private readonly SemaphoreSlim _file = new(1, 1);
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private Task _before = Task.CompletedTask;
    private bool _read;
    private bool _finished;

    /// <summary>Why the run ended before the end of the file; null where it did not.</summary>
    public Problem? Ended { get; private set; }

    /// <summary>Reads the next block when it is this thread's turn.</summary>
    /// <param name="read">Reads; an empty block is the end.</param>
    /// <returns>The block; null when there is nothing left to do.</returns>
    public async Task<Turn?> ReadAsync(Func<CancellationToken, Task<(List<SheetRow> Block, Problem? Refused)>> read)
    {
        await _file.WaitAsync(_stop.Token);
        try
        {
            if (_read) return null;
            var (rows, refused) = await read(_stop.Token);
            _read = rows.Count == 0 || refused is not null;
            if (rows.Count == 0 && refused is null) return null;
            var turn = new Turn(rows, refused, _before);
            _before = turn.Done.Task;
            return turn;
        }
        finally
        {
            _file.Release();
        }
    }

    /// <summary>Hands a block on once those before it were.</summary>
    public async Task HandOnAsync(Turn turn, ScoredBlock block, ScoredBlockReceiver receive)
    {
        await turn.Before.WaitAsync(_stop.Token);
        if (!_finished && block.Rows > 0) End(await receive(block, _stop.Token));
        if (!_finished) End(turn.Refused);
        turn.Done.SetResult();
    }

    /// <summary>Called by a thread that fails: nobody waits for its block any longer.</summary>
    public Task BreakOffAsync() => _stop.CancelAsync();

    public void Dispose()
    {
        _stop.Dispose();
        _file.Dispose();
    }

    private void End(Problem? problem)
    {
        if (problem is null) return;
        (Ended, _finished, _read) = (problem, true, true);
    }

    /// <summary>A block that a thread has read.</summary>
    internal sealed record Turn(List<SheetRow> Rows, Problem? Refused, Task Before)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
