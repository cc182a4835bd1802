using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Versions and drafts of dictionaries in the store.</summary>
internal sealed class ScorecardShelf(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, TimeProvider time) : IScorecardShelf
{
    public async Task<IReadOnlyList<ScorecardVersion>> VersionsAsync(string? scorecardId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.Scorecards.AsNoTracking();
        if (scorecardId is not null) rows = rows.Where(row => row.ScorecardId == scorecardId);
        var found = await rows.OrderByDescending(row => row.Current).ThenByDescending(row => row.SavedAt)
            .Select(row => new { row.ScorecardId, row.ScoringHash, row.PresentationHash, row.Current, row.SavedAt }).ToListAsync(cancellationToken);
        return [.. found.Select(row => new ScorecardVersion(row.ScorecardId, new ContentHash(row.ScoringHash), new ContentHash(row.PresentationHash), row.Current, row.SavedAt))];
    }

    public async Task<string?> TextAsync(string scorecardId, ContentHash scoringHash, ContentHash presentationHash, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return (await context.Scorecards.FindAsync([scorecardId, scoringHash.Hex, presentationHash.Hex], cancellationToken))?.SourceText;
    }

    public async Task<IReadOnlyList<ScorecardDraft>> DraftsAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return [.. (await context.ScorecardDrafts.AsNoTracking().OrderBy(row => row.ScorecardId).ToListAsync(cancellationToken)).Select(Read)];
    }

    public async Task<ScorecardDraft?> DraftAsync(string scorecardId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.ScorecardDrafts.AsNoTracking().SingleOrDefaultAsync(row => row.ScorecardId == scorecardId, cancellationToken) is { } row ? Read(row) : null;
    }

    public Task<Outcome<ScorecardDraft>> SaveDraftAsync(ScorecardDraft draft, AuditDraft audit, CancellationToken cancellationToken) => writer.TryWriteAsync<ScorecardDraft>(
        async context =>
        {
            await InLineAsync(context, draft.ScorecardId, cancellationToken);
            var row = await context.ScorecardDrafts.FindAsync([draft.ScorecardId], cancellationToken);
            if ((row?.RowVersion ?? 0) != draft.RowVersion) return StaleVersion.Problem;
            if (row is null) context.ScorecardDrafts.Add(row = new ScorecardDraftRow { ScorecardId = draft.ScorecardId });
            (row.SourceText, row.BaseScoringHash, row.BasePresentationHash) = (draft.SourceText, draft.BaseScoring?.Hex, draft.BasePresentation?.Hex);
            (row.ChangedBy, row.ChangedAt, row.RowVersion) = (draft.ChangedBy, draft.ChangedAt, draft.RowVersion + 1);
            return Read(row);
        },
        [audit], cancellationToken);

    public Task<Outcome<bool>> PublishAsync(ScorecardDraft draft, ContentHash scoringHash, ContentHash presentationHash, AuditDraft audit, CancellationToken cancellationToken) => writer.TryWriteAsync<bool>(
        async context =>
        {
            await InLineAsync(context, draft.ScorecardId, cancellationToken);
            var id = draft.ScorecardId;
            if (await context.ScorecardDrafts.Where(row => row.ScorecardId == id && row.RowVersion == draft.RowVersion).ExecuteDeleteAsync(cancellationToken) == 0) return StaleVersion.Problem;
            await context.Scorecards.Where(row => row.ScorecardId == id && row.Current).ExecuteUpdateAsync(set => set.SetProperty(row => row.Current, false), cancellationToken);
            var version = await context.Scorecards.FindAsync([id, scoringHash.Hex, presentationHash.Hex], cancellationToken);
            if (version is null) context.Scorecards.Add(version = new ScorecardRow { ScorecardId = id, ScoringHash = scoringHash.Hex, PresentationHash = presentationHash.Hex });
            (version.SourceText, version.Current, version.SavedAt) = (draft.SourceText, true, time.GetUtcNow());
            return true;
        },
        [audit], cancellationToken);

    public Task DropDraftAsync(string scorecardId, AuditDraft audit, CancellationToken cancellationToken) => writer.TryWriteAsync<bool>(
        async context => await context.ScorecardDrafts.Where(row => row.ScorecardId == scorecardId).ExecuteDeleteAsync(cancellationToken) > 0
            ? true
            : new Problem("scorecard.draft.none", "There is no draft."),
        [audit], cancellationToken);

    // Savers of one dictionary stand in line, those who publish without a draft among them.
    private static Task<long> InLineAsync(WorkbenchContext context, string scorecardId, CancellationToken cancellationToken) =>
        context.NextNumberAsync($"scorecard:{scorecardId}", cancellationToken);

    private static ScorecardDraft Read(ScorecardDraftRow row) => new(
        row.ScorecardId, row.SourceText, row.BaseScoringHash is { } scoring ? new ContentHash(scoring) : null,
        row.BasePresentationHash is { } presentation ? new ContentHash(presentation) : null, row.ChangedBy, row.ChangedAt, row.RowVersion);
}
