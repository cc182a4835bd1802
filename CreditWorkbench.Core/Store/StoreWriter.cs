using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Trail;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CreditWorkbench.Core.Store;

/// <summary>The one way to change anything: one transaction holds the change and its audit rows, or neither.</summary>
/// <remarks>Audit rows are the last thing a transaction writes. Whatever it could see was committed before, so entries that depend on each
/// other are numbered in the order in which they happened.</remarks>
internal sealed class StoreWriter(IDbContextFactory<WorkbenchContext> contexts, AuditSealer sealer, AuditSignal signal, StoreScope scope, StoreOptions options) : IDisposable
{
    // SQLite has one writer at a time. Writers of this process queue here, in order, instead of polling the file's lock.
    private readonly SemaphoreSlim? _turn = options.Provider == StoreProvider.Sqlite ? new(1, 1) : null;

    public void Dispose() => _turn?.Dispose();

    /// <summary>Runs a change and commits it with its audit rows. A refusal, or a row that somebody else changed meanwhile
    /// (<c>version.stale</c>), writes nothing.</summary>
    public async Task<Outcome<T>> TryWriteAsync<T>(Func<WorkbenchContext, Task<Outcome<T>>> change, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken)
    {
        var rows = await sealer.SealAsync(audit, cancellationToken);
        if (scope.Current is { } shared) return await StepAsync(shared, change, rows, cancellationToken);
        if (_turn is not null) await _turn.WaitAsync(cancellationToken);
        try
        {
            var outcome = await CommitAsync(change, rows, cancellationToken);
            if (outcome.Succeeded && rows.Count > 0) signal.Written();
            return outcome;
        }
        catch (DbUpdateConcurrencyException)
        {
            return StaleVersion.Problem;
        }
        finally
        {
            _turn?.Release();
        }
    }

    /// <summary>Runs a change that cannot be refused.</summary>
    public async Task<T> WriteAsync<T>(Func<WorkbenchContext, Task<T>> change, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken) =>
        (await TryWriteAsync<T>(async context => Outcome<T>.Success(await change(context)), audit, cancellationToken)).Value;

    /// <summary>Adds rows that need nothing else.</summary>
    public Task AddAsync(IEnumerable<object> rows, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken) =>
        WriteAsync(
            context =>
            {
                context.AddRange(rows);
                return Task.FromResult(true);
            },
            audit, cancellationToken);

    /// <summary>Runs several changes, each written as always, as one: all of them are kept when the whole succeeds, none when it is refused or fails.
    /// What it reads in its course sees what it wrote. Inside, one thing at a time is done.</summary>
    public async Task<Outcome<T>> TogetherAsync<T>(Func<CancellationToken, Task<Outcome<T>>> changes, CancellationToken cancellationToken)
    {
        if (_turn is not null) await _turn.WaitAsync(cancellationToken);
        try
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
            var shared = scope.Enter(context.Database.GetDbConnection(), transaction.GetDbTransaction());
            var outcome = await changes(cancellationToken);
            if (!outcome.Succeeded) return outcome;
            await CommitAsync(context, transaction, cancellationToken);
            if (shared.Audited) signal.Written();
            return outcome;
        }
        finally
        {
            scope.Leave();
            _turn?.Release();
        }
    }

    // A change within a larger whole: refused or stale, it leaves the rest of the whole as it was.
    private async Task<Outcome<T>> StepAsync<T>(
        StoreScope.Shared shared, Func<WorkbenchContext, Task<Outcome<T>>> change, IReadOnlyList<Rows.AuditRow> rows, CancellationToken cancellationToken)
    {
        const string Before = "step";
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var transaction = context.Database.CurrentTransaction!;
        await transaction.CreateSavepointAsync(Before, cancellationToken);
        var kept = false;
        try
        {
            var outcome = await change(context);
            if (!outcome.Succeeded) return outcome;
            await context.SaveChangesAsync(cancellationToken);
            context.Audit.AddRange(rows);
            await context.SaveChangesAsync(cancellationToken);
            shared.Audited |= rows.Count > 0;
            kept = true;
            return outcome;
        }
        catch (DbUpdateConcurrencyException)
        {
            return StaleVersion.Problem;
        }
        finally
        {
            if (!kept) await transaction.RollbackToSavepointAsync(Before, CancellationToken.None);
        }
    }

    private async Task<Outcome<T>> CommitAsync<T>(
        Func<WorkbenchContext, Task<Outcome<T>>> change, IReadOnlyList<Rows.AuditRow> rows, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        await using var transaction = await context.Database.BeginTransactionAsync(cancellationToken);
        var outcome = await change(context);
        if (!outcome.Succeeded) return outcome;
        await context.SaveChangesAsync(cancellationToken);
        context.Audit.AddRange(rows);
        await context.SaveChangesAsync(cancellationToken);
        await CommitAsync(context, transaction, cancellationToken);
        return outcome;
    }

    private async Task CommitAsync(WorkbenchContext context, IDbContextTransaction transaction, CancellationToken cancellationToken)
    {
        var call = scope.Call;
        if (call is not null) await call.NoteAsync(context, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        call?.Kept();
    }
}
