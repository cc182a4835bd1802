using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Cases and decisions in the store. Application rows are changed before case rows, always, so that two transactions never wait
/// for each other.</summary>
internal sealed class ReviewStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, DataKeyStore keys, TimeProvider time) : IReviewStore
{
    public Task<ReviewCase?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        FindAsync(rows => rows.Where(row => row.Id == id), cancellationToken);

    public Task<ReviewCase?> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken) =>
        FindAsync(rows => rows.Where(row => row.ApplicationId == applicationId), cancellationToken);

    public async Task<Page<ReviewCase>> ListAsync(CaseQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = context.Cases.AsNoTracking();
        if (query.State is { } state) matching = matching.Where(row => row.State == state);
        if (query.ClaimedBy is { } officer) matching = matching.Where(row => row.ClaimedBy == officer);
        if (query.ScorecardId is { } scorecardId)
        {
            matching = matching.Where(row => context.Applications.Any(application => application.Id == row.ApplicationId && application.ScorecardId == scorecardId));
        }

        var total = await matching.CountAsync(cancellationToken);
        var rows = await matching.OrderBy(row => row.Priority).ThenBy(row => row.DueAt).ThenBy(row => row.Id)
            .Skip((query.Page - 1) * query.PageSize).Take(query.PageSize).ToListAsync(cancellationToken);
        return new Page<ReviewCase>([.. rows.Select(ReviewMap.Read)], total);
    }

    public async Task<ReviewCase> OpenAsync(ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        var key = await keys.RequireAsync(application.ApplicantId, cancellationToken);
        var opened = await writer.TryWriteAsync<ReviewCase>(
            async context =>
            {
                if (await ApplicationMap.ReplaceAsync(context, application, key, cancellationToken) is null) return StaleVersion.Problem;
                await context.SaveChangesAsync(cancellationToken);
                var row = await context.Cases.SingleOrDefaultAsync(row => row.ApplicationId == application.Id, cancellationToken);
                row = row is null ? Add(context, reviewCase) : Repoint(row, reviewCase);
                ReviewMap.CopyFacts(row, application, await FactsAsync(context, application, reviewCase.ScoreId, cancellationToken));
                row.ChangedAt = time.GetUtcNow();
                return ReviewMap.Read(row);
            },
            [audit], cancellationToken);
        return opened.Succeeded ? opened.Value : throw new DbUpdateConcurrencyException($"Application {application.Id} changed after version {application.Version}.");
    }

    public Task<Outcome<ReviewCase>> UpdateAsync(ReviewCase reviewCase, AuditDraft audit, CancellationToken cancellationToken) =>
        writer.TryWriteAsync<ReviewCase>(
            async context => await ReplaceAsync(context, reviewCase, cancellationToken) is { } replaced ? replaced : StaleVersion.Problem, [audit], cancellationToken);

    public async Task<Outcome<CaseDecision>> DecideAsync(
        CaseDecision decision, ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(application.ApplicantId, cancellationToken) is not { } key) return ApplicationProblems.Erased;
        var decided = application.State == ApplicationState.Decided ? application with { DecidedAt = decision.SecondAt ?? decision.DecidedAt } : application;
        return await writer.TryWriteAsync<CaseDecision>(
            async context =>
            {
                if (await ApplicationMap.ReplaceAsync(context, decided, key, cancellationToken) is null) return StaleVersion.Problem;
                await context.SaveChangesAsync(cancellationToken);
                if (await ReplaceAsync(context, reviewCase, cancellationToken) is null) return StaleVersion.Problem;
                await SaveDecisionAsync(context, decision, application.ApplicantId, key, cancellationToken);
                return decision;
            },
            [audit], cancellationToken);
    }

    public async Task<Outcome<ReviewCase>> ObjectAsync(
        Objection objection, ReviewCase reviewCase, CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(application.ApplicantId, cancellationToken) is not { } key) return ApplicationProblems.Erased;
        return await writer.TryWriteAsync<ReviewCase>(
            async context =>
            {
                if (await ApplicationMap.ReplaceAsync(context, application, key, cancellationToken) is null) return StaleVersion.Problem;
                await context.SaveChangesAsync(cancellationToken);
                context.Objections.Add(CaseFileMap.Write(objection, application.ApplicantId, key));
                return await ReplaceAsync(context, reviewCase, cancellationToken) is { } reopened ? reopened : StaleVersion.Problem;
            },
            [audit], cancellationToken);
    }

    public async Task<IReadOnlyList<CaseDecision>> DecisionsAsync(Guid caseId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Decisions.AsNoTracking().Where(row => row.CaseId == caseId)
            .OrderByDescending(row => row.DecidedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        var found = await keys.FindAsync(rows.Select(row => row.ApplicantId), cancellationToken);
        return [.. rows.Select(row => ReviewMap.Read(row, found.GetValueOrDefault(row.ApplicantId)))];
    }

    private static CaseRow Add(WorkbenchContext context, ReviewCase reviewCase)
    {
        var row = new CaseRow { Id = reviewCase.Id, ApplicationId = reviewCase.ApplicationId, OpenedAt = reviewCase.OpenedAt, Version = reviewCase.Version };
        ReviewMap.Write(reviewCase, row);
        context.Cases.Add(row);
        return row;
    }

    private static async Task<QueueFacts> FactsAsync(WorkbenchContext context, CreditApplication application, Guid scoreId, CancellationToken cancellationToken)
    {
        var score = await context.Scores.Where(row => row.Id == scoreId).Select(row => new { row.Issued, row.Grade, row.Recommendation }).SingleAsync(cancellationToken);
        return new QueueFacts(application.Number, application.ScorecardId, application.Amount, score.Issued, score.Grade, score.Recommendation);
    }

    // A recommendation that waits for a second approval rests on the old score: the case goes back to its officer.
    private static CaseRow Repoint(CaseRow row, ReviewCase newest)
    {
        if (row.State == CaseState.Decided) throw new InvalidOperationException($"Case {row.Id} is decided and cannot be opened again.");
        if (row.State == CaseState.SecondApproval) row.State = row.ClaimedBy is null ? CaseState.Waiting : CaseState.Claimed;
        (row.ScoreId, row.Priority) = (newest.ScoreId, newest.Priority);
        row.Version++;
        return row;
    }

    private async Task<ReviewCase?> ReplaceAsync(WorkbenchContext context, ReviewCase reviewCase, CancellationToken cancellationToken)
    {
        var row = await context.Cases.SingleOrDefaultAsync(row => row.Id == reviewCase.Id, cancellationToken);
        if (row is null || row.Version != reviewCase.Version) return null;
        ReviewMap.Write(reviewCase, row);
        row.ChangedAt = time.GetUtcNow();
        row.Version++;
        return reviewCase with { Version = row.Version };
    }

    // The second approval completes the decision that the first person wrote.
    private static async Task SaveDecisionAsync(WorkbenchContext context, CaseDecision decision, Guid applicantId, DataKey key, CancellationToken cancellationToken)
    {
        var row = await context.Decisions.SingleOrDefaultAsync(row => row.Id == decision.Id, cancellationToken);
        if (row is null) context.Decisions.Add(row = new DecisionRow { Id = decision.Id, ApplicantId = applicantId });
        ReviewMap.Write(decision, row, key);
    }

    private async Task<ReviewCase?> FindAsync(Func<IQueryable<CaseRow>, IQueryable<CaseRow>> select, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await select(context.Cases.AsNoTracking()).SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : ReviewMap.Read(row);
    }
}
