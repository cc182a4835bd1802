using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>A call with a key of its client while it is made. Its first change notes in its own transaction that there was one: a process that dies after it leaves
/// the note, one that dies before leaves nothing.</summary>
internal sealed class CallInHand(IdempotentCall call, Guid owner, TimeProvider time) : IDisposable
{
    private bool _noted;

    /// <summary>Whether it has ended.</summary>
    public bool Over { get; private set; }

    /// <summary>Notes within a context's transaction that the call has an effect; <see cref="Kept"/> follows once the transaction was committed.</summary>
    /// <exception cref="DbUpdateConcurrencyException">Another process took the call over: nothing more must come of this one.</exception>
    public async Task NoteAsync(WorkbenchContext context, CancellationToken cancellationToken)
    {
        if (_noted) return;
        var now = time.GetUtcNow();
        var noted = await Row(context).ExecuteUpdateAsync(set => set.SetProperty(row => row.EffectAt, now), cancellationToken);
        if (noted == 0) throw new DbUpdateConcurrencyException("The call was taken over by another process.");
    }

    /// <summary>The transaction that held the note was committed.</summary>
    public void Kept() => _noted = true;

    /// <inheritdoc/>
    public void Dispose() => Over = true;

    private IQueryable<IdempotentCallRow> Row(WorkbenchContext context) =>
        context.IdempotentCalls.Where(row => row.ClientId == call.ClientId && row.Key == call.Key && row.Owner == owner);
}
