using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Applications in the store.</summary>
internal sealed class ApplicationStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, DataKeyStore keys) : IApplicationStore
{
    public async Task<CreditApplication?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Applications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return row is null ? null : ApplicationMap.Read(row, await keys.FindAsync(row.ApplicantId, cancellationToken));
    }

    public async Task<Page<CreditApplication>> SearchAsync(ApplicationQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = Matching(context.Applications.AsNoTracking(), query);
        var total = await matching.CountAsync(cancellationToken);
        var rows = await Ordered(matching, query)
            .Skip((query.Page - 1) * query.PageSize).Take(query.PageSize).ToListAsync(cancellationToken);
        var found = await keys.FindAsync(rows.Select(row => row.ApplicantId), cancellationToken);
        return new Page<CreditApplication>([.. rows.Select(row => ApplicationMap.Read(row, found.GetValueOrDefault(row.ApplicantId)))], total);
    }

    public async Task<CreditApplication> AddAsync(CreditApplication application, AuditDraft audit, CancellationToken cancellationToken)
    {
        var key = await keys.RequireAsync(application.ApplicantId, cancellationToken);
        var year = application.CreatedAt.UtcDateTime.Year;
        return await writer.WriteAsync(
            async context =>
            {
                var next = await context.NextNumberAsync(string.Create(CultureInfo.InvariantCulture, $"application:{year}"), cancellationToken);
                var numbered = application with { Number = string.Create(CultureInfo.InvariantCulture, $"APP-{year:0000}-{next:000000}") };
                var row = ApplicationMap.NewRow(numbered, numbered.Number);
                ApplicationMap.Write(numbered, row, key);
                context.Applications.Add(row);
                return numbered;
            },
            [audit], cancellationToken);
    }

    public async Task<Outcome<CreditApplication>> UpdateAsync(CreditApplication application, IReadOnlyList<AuditDraft> audit, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(application.ApplicantId, cancellationToken) is not { } key) return ApplicationProblems.Erased;
        return await writer.TryWriteAsync<CreditApplication>(
            async context => await ApplicationMap.ReplaceAsync(context, application, key, cancellationToken) is { } replaced ? replaced : StaleVersion.Problem,
            audit, cancellationToken);
    }

    private static IQueryable<ApplicationRow> Ordered(IQueryable<ApplicationRow> rows, ApplicationQuery query)
    {
        var ordered = query.Order switch
        {
            ListOrder.Number => query.Ascending ? rows.OrderBy(row => row.Number) : rows.OrderByDescending(row => row.Number),
            ListOrder.Amount => query.Ascending ? rows.OrderBy(row => row.AmountMinorUnits) : rows.OrderByDescending(row => row.AmountMinorUnits),
            ListOrder.State => query.Ascending ? rows.OrderBy(row => row.State) : rows.OrderByDescending(row => row.State),
            ListOrder.Scorecard => query.Ascending ? rows.OrderBy(row => row.ScorecardId) : rows.OrderByDescending(row => row.ScorecardId),
            _ => query.Ascending ? rows.OrderBy(row => row.CreatedAt) : rows.OrderByDescending(row => row.CreatedAt),
        };
        return query.Ascending ? ordered.ThenBy(row => row.Id) : ordered.ThenByDescending(row => row.Id);
    }

    private static IQueryable<ApplicationRow> Matching(IQueryable<ApplicationRow> rows, ApplicationQuery query)
    {
        if (query.State is { } state) rows = rows.Where(row => row.State == state);
        if (query.ApplicantId is { } applicantId) rows = rows.Where(row => row.ApplicantId == applicantId);
        if (query.ScorecardId is { } scorecardId) rows = rows.Where(row => row.ScorecardId == scorecardId);
        if (query.Number is { } number) rows = rows.Where(row => row.Number == number);
        if (query.CreatedBy is { } createdBy) rows = rows.Where(row => row.CreatedBy == createdBy);
        if (query.ClientId is { } clientId) rows = rows.Where(row => row.ClientId == clientId);
        return rows;
    }
}
