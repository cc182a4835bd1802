using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>The review queue in the store: filtered and ordered on the cases table alone, names opened for the rows of the page only.</summary>
internal sealed class CaseQueue(IDbContextFactory<WorkbenchContext> contexts, DataKeyStore keys, BlindIndex index) : ICaseQueue
{
    private const int MostChanges = 500;
    private static readonly CaseState[] _open = [CaseState.Waiting, CaseState.Claimed, CaseState.SecondApproval];

    public async Task<Page<QueueEntry>> PageAsync(QueueQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = Searched(context, Filtered(context.Cases.AsNoTracking(), query), query.Search);
        var total = await matching.CountAsync(cancellationToken);
        var rows = await Ordered(matching, query).Skip((query.Page - 1) * query.PageSize).Take(query.PageSize).ToListAsync(cancellationToken);
        var ids = rows.Select(row => row.ApplicantId).Distinct().ToList();
        var applicants = await context.Applicants.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var found = await keys.FindAsync(ids, cancellationToken);
        return new Page<QueueEntry>(
            [.. rows.Select(row => new QueueEntry(ReviewMap.Read(row), ApplicantMap.Read(applicants[row.ApplicantId], found.GetValueOrDefault(row.ApplicantId)), ReviewMap.FactsOf(row)))], total);
    }

    public async Task<QueueCounts> CountAsync(Guid reader, string? scorecardId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var soon = now.AddHours(1);
        var rows = context.Cases.AsNoTracking();
        if (scorecardId is not null) rows = rows.Where(row => row.ScorecardId == scorecardId);
        var counts = await rows.GroupBy(row => row.State).Select(group => new
        {
            State = group.Key,
            All = group.Count(),
            Mine = group.Count(row => row.ClaimedBy == reader),
            Objections = group.Count(row => row.ObjectedAt != null),
            Late = group.Count(row => row.DueAt < now),
            Soon = group.Count(row => row.DueAt < soon),
        }).ToListAsync(cancellationToken);
        int All(CaseState state) => counts.FirstOrDefault(count => count.State == state)?.All ?? 0;
        var open = counts.Where(count => count.State != CaseState.Decided).ToList();
        return new QueueCounts(
            All(CaseState.Waiting), All(CaseState.Claimed), All(CaseState.SecondApproval), All(CaseState.Decided),
            open.Sum(count => count.Mine), open.Sum(count => count.Objections), open.Sum(count => count.Late), open.Sum(count => count.Soon));
    }

    public async Task<IReadOnlyList<CaseChange>> ChangedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Cases.AsNoTracking().Where(row => row.ChangedAt >= since).OrderBy(row => row.ChangedAt).ThenBy(row => row.Id).Take(MostChanges)
            .Select(row => new CaseChange(row.Id, row.ApplicationId, row.Version, row.ChangedAt)).ToListAsync(cancellationToken);
    }

    private static IQueryable<CaseRow> Filtered(IQueryable<CaseRow> rows, QueueQuery query)
    {
        if (query.ScorecardId is { } scorecardId) rows = rows.Where(row => row.ScorecardId == scorecardId);
        var open = rows.Where(row => _open.Contains(row.State));
        return query.Filter switch
        {
            QueueFilter.Mine => open.Where(row => row.ClaimedBy == query.Reader),
            QueueFilter.Free => rows.Where(row => row.State == CaseState.Waiting),
            QueueFilter.Second => rows.Where(row => row.State == CaseState.SecondApproval),
            QueueFilter.Objections => open.Where(row => row.ObjectedAt != null),
            QueueFilter.Late => open.Where(row => row.DueAt < query.Now),
            QueueFilter.Decided => rows.Where(row => row.State == CaseState.Decided),
            _ => open,
        };
    }

    // A search with digits at its end is a number; everything else is words of a name, found by their blind indexes.
    private IQueryable<CaseRow> Searched(WorkbenchContext context, IQueryable<CaseRow> rows, string? search)
    {
        if (search?.Trim() is not { Length: > 0 } text) return rows;
        if (char.IsAsciiDigit(text[^1]))
        {
            var end = text.ToUpperInvariant();
            return rows.Where(row => row.Number.EndsWith(end));
        }

        return index.WordsOf(text).Aggregate(rows, (kept, word) => kept.Where(row => context.ApplicantTokens.Any(token => token.ApplicantId == row.ApplicantId && token.Token == word)));
    }

    private static IOrderedQueryable<CaseRow> Ordered(IQueryable<CaseRow> rows, QueueQuery query)
    {
        var down = query.Descending;
        var ordered = query.Sort switch
        {
            QueueSort.Due => down ? rows.OrderByDescending(row => row.DueAt) : rows.OrderBy(row => row.DueAt),
            QueueSort.Number => down ? rows.OrderByDescending(row => row.Number) : rows.OrderBy(row => row.Number),
            QueueSort.Scorecard => (down ? rows.OrderByDescending(row => row.ScorecardId) : rows.OrderBy(row => row.ScorecardId)).ThenBy(row => row.DueAt),
            QueueSort.Amount => (down ? rows.OrderByDescending(row => row.AmountMinorUnits ?? 0) : rows.OrderBy(row => row.AmountMinorUnits ?? 0)).ThenBy(row => row.DueAt),
            QueueSort.Score => (down ? rows.OrderByDescending(row => row.Issued) : rows.OrderBy(row => row.Issued)).ThenBy(row => row.DueAt),
            QueueSort.State => (down ? rows.OrderByDescending(row => row.State) : rows.OrderBy(row => row.State)).ThenBy(row => row.ClaimedByName).ThenBy(row => row.DueAt),
            _ => (down ? rows.OrderByDescending(row => row.Priority) : rows.OrderBy(row => row.Priority)).ThenBy(row => row.DueAt),
        };
        return ordered.ThenBy(row => row.Id);
    }
}
