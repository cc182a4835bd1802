using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Issued scores in the store. A score of an erased applicant cannot be read any more: it counts as unknown.</summary>
internal sealed class ScoreStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, DataKeyStore keys) : IScoreStore
{
    public async Task<Outcome<IssuedScore>> IssueAsync(IssuedScore score, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(score.ApplicantId, cancellationToken) is not { } key) return ApplicationProblems.Erased;
        return await writer.TryWriteAsync<IssuedScore>(
            async context =>
            {
                if (await ApplicationMap.ReplaceAsync(context, application with { ScoreId = score.Id }, key, cancellationToken) is null) return StaleVersion.Problem;
                context.Scores.Add(ScoreMap.Write(score, key));
                await context.SaveChangesAsync(cancellationToken);
                await ScoreCounts.AddAsync(context, score, cancellationToken);
                return score;
            },
            [audit], cancellationToken);
    }

    public async Task SaveRoadmapAsync(Guid scoreId, Roadmap roadmap, AuditDraft audit, CancellationToken cancellationToken)
    {
        var applicantId = await ApplicantOfAsync(scoreId, cancellationToken);
        var key = await keys.RequireAsync(applicantId, cancellationToken);
        await writer.WriteAsync(
            context => context.Scores.Where(row => row.Id == scoreId)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Roadmap, ScoreMap.SealRoadmap(roadmap, scoreId, key)), cancellationToken),
            [audit], cancellationToken);
    }

    public async Task<IssuedScore?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        (await ReadAsync(rows => rows.Where(row => row.Id == id), cancellationToken)).SingleOrDefault();

    public Task<IReadOnlyList<IssuedScore>> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken) =>
        ReadAsync(rows => rows.Where(row => row.ApplicationId == applicationId).OrderByDescending(row => row.ScoredAt).ThenByDescending(row => row.Id), cancellationToken);

    public async Task<ScoreList> ListAsync(ScoreQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = context.Scores.AsNoTracking();
        if (query.ScorecardId is { } scorecardId) matching = matching.Where(row => row.ScorecardId == scorecardId);
        if (query.ApplicationId is { } applicationId) matching = matching.Where(row => row.ApplicationId == applicationId);
        if (query.ClientId is { } clientId) matching = matching.Where(row => context.Applications.Any(application => application.Id == row.ApplicationId && application.ClientId == clientId));
        if (query.After is { } after)
        {
            if (await context.Scores.Where(row => row.Id == after).Select(row => (DateTimeOffset?)row.ScoredAt).SingleOrDefaultAsync(cancellationToken) is not { } at) return new ScoreList([], null);
            matching = matching.Where(row => row.ScoredAt < at || (row.ScoredAt == at && row.Id.CompareTo(after) < 0));
        }

        var rows = await matching.OrderByDescending(row => row.ScoredAt).ThenByDescending(row => row.Id).Take(query.Take + 1).ToListAsync(cancellationToken);
        var shown = rows.Take(query.Take).ToList();
        var found = await keys.FindAsync(shown.Select(row => row.ApplicantId), cancellationToken);
        return new ScoreList([.. shown.Where(row => found.ContainsKey(row.ApplicantId)).Select(row => ScoreMap.Read(row, found[row.ApplicantId]))], rows.Count > query.Take ? shown[^1].Id : null);
    }

    public Task<IReadOnlyList<IssuedScore>> RecentAsync(ReleaseReference release, int count, CancellationToken cancellationToken) => ReadAsync(
        rows => rows.Where(row => row.ScorecardId == release.ScorecardId && row.ReleaseHash == release.Hash.Hex).OrderByDescending(row => row.ScoredAt).ThenByDescending(row => row.Id).Take(count),
        cancellationToken);

    public async Task<IReadOnlyList<ScoreBin>> HistogramAsync(string scorecardId, int width, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.Applications.AsNoTracking()
            .Join(context.Scores, application => application.ScoreId, score => score.Id, (application, score) => score)
            .Where(score => score.ScorecardId == scorecardId)
            .GroupBy(score => score.Issued)
            .Select(group => new { Issued = group.Key, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return [.. counts.GroupBy(count => (int)Math.Floor((double)count.Issued / width)).OrderBy(bin => bin.Key)
            .Select(bin => new ScoreBin(bin.Key * width, (bin.Key + 1) * width, bin.Sum(count => count.Count)))];
    }

    private async Task<IReadOnlyList<IssuedScore>> ReadAsync(Func<IQueryable<ScoreRow>, IQueryable<ScoreRow>> select, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await select(context.Scores.AsNoTracking()).ToListAsync(cancellationToken);
        var found = await keys.FindAsync(rows.Select(row => row.ApplicantId), cancellationToken);
        return [.. rows.Where(row => found.ContainsKey(row.ApplicantId)).Select(row => ScoreMap.Read(row, found[row.ApplicantId]))];
    }

    private async Task<Guid> ApplicantOfAsync(Guid scoreId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Scores.Where(row => row.Id == scoreId).Select(row => row.ApplicantId).SingleAsync(cancellationToken);
    }
}
