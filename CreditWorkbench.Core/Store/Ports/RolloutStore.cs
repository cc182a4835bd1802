using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Rollouts in the store.</summary>
internal sealed class RolloutStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer) : IRolloutStore
{
    public Task<IReadOnlyList<Rollout>> ListAsync(string? scorecardId, CancellationToken cancellationToken) => ReadAsync(
        rows => (scorecardId is null ? rows : rows.Where(row => row.ScorecardId == scorecardId)).OrderByDescending(row => row.StartedAt).ThenByDescending(row => row.Id), cancellationToken);

    public Task<IReadOnlyList<Rollout>> RunningAsync(CancellationToken cancellationToken) =>
        ReadAsync(rows => rows.Where(row => row.State == RolloutState.Running).OrderBy(row => row.StartedAt).ThenBy(row => row.Id), cancellationToken);

    public async Task<Rollout?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(rows => rows.Where(row => row.Id == id), cancellationToken)).SingleOrDefault();

    public async Task<IReadOnlyList<RolloutEvent>> HistoryAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.RolloutEvents.AsNoTracking().Where(row => row.RolloutId == id).OrderBy(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(RolloutMap.Read)];
    }

    public Task<Outcome<Rollout>> AddAsync(Rollout rollout, RolloutEvent started, AuditDraft audit, CancellationToken cancellationToken) => ChangeAsync(
        rollout,
        context =>
        {
            context.Rollouts.Add(RolloutMap.Write(rollout));
            context.RolloutEvents.Add(RolloutMap.Write(started));
            return Task.FromResult<Outcome<Rollout>>(rollout);
        },
        audit, cancellationToken);

    public Task<Outcome<Rollout>> UpdateAsync(Rollout rollout, RolloutEvent change, AuditDraft audit, CancellationToken cancellationToken) => ChangeAsync(
        rollout,
        async context =>
        {
            var row = await context.Rollouts.SingleOrDefaultAsync(known => known.Id == rollout.Id && known.RowVersion == rollout.RowVersion, cancellationToken);
            if (row is null) return StaleVersion.Problem;
            RolloutMap.Copy(rollout, row).RowVersion++;
            context.RolloutEvents.Add(RolloutMap.Write(change));
            return rollout with { RowVersion = row.RowVersion };
        },
        audit, cancellationToken);

    public async Task<IReadOnlyDictionary<string, int>> StreaksAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var json = await context.Rollouts.AsNoTracking().Where(row => row.Id == id).Select(row => row.StreaksJson).SingleOrDefaultAsync(cancellationToken);
        return json is null ? new Dictionary<string, int>() : StoreJson.Read<Dictionary<string, int>>(json);
    }

    public Task SaveStreaksAsync(Guid id, IReadOnlyDictionary<string, int> streaks, CancellationToken cancellationToken) => writer.WriteAsync(
        context => context.Rollouts.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.StreaksJson, StoreJson.Write(streaks)), cancellationToken),
        [], cancellationToken);

    // The unique indexes have the last word: two who start at once cannot both be first.
    private async Task<Outcome<Rollout>> ChangeAsync(Rollout rollout, Func<WorkbenchContext, Task<Outcome<Rollout>>> change, AuditDraft audit, CancellationToken cancellationToken)
    {
        try
        {
            return await writer.TryWriteAsync<Rollout>(
                async context => rollout.Runs && await ConflictAsync(context, rollout, cancellationToken) is { } conflict ? conflict : await change(context), [audit], cancellationToken);
        }
        catch (DbUpdateException) when (!cancellationToken.IsCancellationRequested)
        {
            await using var context = await contexts.CreateDbContextAsync(cancellationToken);
            if (!rollout.Runs || await ConflictAsync(context, rollout, cancellationToken) is not { } conflict) throw;
            return conflict;
        }
    }

    private static async Task<Problem?> ConflictAsync(WorkbenchContext context, Rollout rollout, CancellationToken cancellationToken)
    {
        var others = await context.Rollouts.AsNoTracking().Where(row => row.ScorecardId == rollout.ScorecardId && row.State == RolloutState.Running && row.Id != rollout.Id).ToListAsync(cancellationToken);
        if (others.Any(row => row.ChallengerRelease == rollout.ChallengerRelease.Hex))
            return new Problem("rollout.running", $"{rollout.Challenger} runs beside the champion already.") { Field = "challenger", Remedy = "End that rollout first, or change its share." };
        return rollout.Mode == RolloutMode.Canary && others.FirstOrDefault(row => row.Mode == RolloutMode.Canary) is { } other
            ? new Problem("rollout.running", $"{other.Challenger} decides for a share of {rollout.ScorecardId} already.") { Field = "mode", Remedy = "End that rollout first, or start this one as a shadow." }
            : null;
    }

    private async Task<IReadOnlyList<Rollout>> ReadAsync(Func<IQueryable<RolloutRow>, IQueryable<RolloutRow>> select, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await select(context.Rollouts.AsNoTracking()).ToListAsync(cancellationToken)).Select(RolloutMap.Read)];
    }
}
