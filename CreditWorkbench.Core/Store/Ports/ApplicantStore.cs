using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using CreditWorkbench.Core.Store.Vault;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Applicants and consents in the store.</summary>
internal sealed class ApplicantStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, DataKeyStore keys, BlindIndex index, SensitiveVault vault) : IApplicantStore
{
    public async Task<Applicant?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Applicants.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return row is null ? null : ApplicantMap.Read(row, await keys.FindAsync(id, cancellationToken));
    }

    public async Task<Page<Applicant>> SearchAsync(ApplicantQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var matching = string.IsNullOrWhiteSpace(query.Text) ? context.Applicants.AsNoTracking() : Matching(context, query.Text);
        if (query.ClientId is { } clientId) matching = matching.Where(row => row.ClientId == clientId);
        if (query.AwaitingErasure) matching = matching.Where(row => row.ErasureRequestedAt != null && row.ErasedAt == null);
        var total = await matching.CountAsync(cancellationToken);
        var rows = await Ordered(matching, query)
            .Skip((query.Page - 1) * query.PageSize).Take(query.PageSize).ToListAsync(cancellationToken);
        return new Page<Applicant>(await ReadAsync(rows, cancellationToken), total);
    }

    private static IQueryable<ApplicantRow> Ordered(IQueryable<ApplicantRow> rows, ApplicantQuery query) => (query.Order, query.Ascending) switch
    {
        (ListOrder.Kind, true) => rows.OrderBy(row => row.Kind).ThenByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id),
        (ListOrder.Kind, false) => rows.OrderByDescending(row => row.Kind).ThenByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id),
        (_, true) => rows.OrderBy(row => row.CreatedAt).ThenBy(row => row.Id),
        _ => rows.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id),
    };

    public async Task<IReadOnlyList<Applicant>> DuplicatesOfAsync(Applicant candidate, CancellationToken cancellationToken)
    {
        var identifiers = index.IdentifiersOf(candidate);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Applicants.AsNoTracking()
            .Where(row => row.Id != candidate.Id && context.ApplicantTokens.Any(token => token.ApplicantId == row.Id && identifiers.Contains(token.Token)))
            .OrderBy(row => row.CreatedAt).ToListAsync(cancellationToken);
        return await ReadAsync(rows, cancellationToken);
    }

    public async Task AddAsync(Applicant applicant, AuditDraft audit, CancellationToken cancellationToken)
    {
        // The key comes first: a key without an applicant is harmless, an applicant without a key is not.
        var row = new ApplicantRow { Id = applicant.Id, Kind = applicant.Kind, ClientId = applicant.ClientId, CreatedAt = applicant.CreatedAt, Version = applicant.Version };
        ApplicantMap.Write(applicant, row, await keys.CreateAsync(applicant.Id, cancellationToken));
        await writer.AddAsync([row, .. Tokens(applicant)], [audit], cancellationToken);
    }

    public async Task<Outcome<Applicant>> UpdateAsync(Applicant applicant, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (await keys.FindAsync(applicant.Id, cancellationToken) is not { } key) return ApplicationProblems.Erased;
        return await writer.TryWriteAsync<Applicant>(
            async context =>
            {
                var row = await context.Applicants.SingleOrDefaultAsync(row => row.Id == applicant.Id, cancellationToken);
                if (row is null || row.Version != applicant.Version) return StaleVersion.Problem;
                ApplicantMap.Write(applicant, row, key);
                row.Version++;
                await context.ApplicantTokens.Where(token => token.ApplicantId == applicant.Id).ExecuteDeleteAsync(cancellationToken);
                context.ApplicantTokens.AddRange(Tokens(applicant));
                return applicant with { Version = row.Version };
            },
            [audit], cancellationToken);
    }

    public async Task<Outcome<Applicant>> RequestErasureAsync(Guid id, DateTimeOffset at, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } applicant) return new Problem("applicant.notFound", "There is no such applicant.");
        if (applicant.ErasedAt is not null || applicant.ErasureRequestedAt is not null) return applicant;
        await writer.WriteAsync(
            context => context.Applicants.Where(row => row.Id == id && row.ErasureRequestedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.ErasureRequestedAt, at).SetProperty(row => row.Version, row => row.Version + 1), cancellationToken),
            [audit], cancellationToken);
        return (await FindAsync(id, cancellationToken))!;
    }

    public async Task<Outcome<Applicant>> EraseAsync(Guid id, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is not { } applicant) return new Problem("applicant.notFound", "There is no such applicant.");
        if (applicant.ErasedAt is not null) return applicant;

        // Whatever a crash leaves of the rest, the next start does again: the list of erasures was written first.
        var at = await keys.DestroyAsync(id, cancellationToken);
        await vault.RemoveApplicantsAsync([id], CancellationToken.None);
        await writer.WriteAsync(context => Erasure.ApplyAsync(context, id, at, CancellationToken.None), [audit with { ApplicantId = null }], CancellationToken.None);
        return (await FindAsync(id, CancellationToken.None))!;
    }

    public async Task<IReadOnlyList<Consent>> ConsentsAsync(Guid applicantId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Consents.AsNoTracking().Where(row => row.ApplicantId == applicantId)
            .OrderByDescending(row => row.GivenAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(ConsentMap.Read)];
    }

    public Task AddConsentsAsync(IReadOnlyList<Consent> consents, AuditDraft audit, CancellationToken cancellationToken) =>
        writer.AddAsync(consents.Select(ConsentMap.Write), [audit], cancellationToken);

    public Task WithdrawConsentsAsync(Guid applicantId, IReadOnlyList<Guid> consentIds, DateTimeOffset at, AuditDraft audit, CancellationToken cancellationToken) =>
        writer.WriteAsync(
            context => context.Consents
                .Where(row => row.ApplicantId == applicantId && consentIds.Contains(row.Id) && row.WithdrawnAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.WithdrawnAt, at), cancellationToken),
            [audit], cancellationToken);

    private IQueryable<ApplicantRow> Matching(WorkbenchContext context, string query)
    {
        var identifiers = index.IdentifiersOf(query);
        var byIdentifier = context.Applicants.AsNoTracking()
            .Where(row => context.ApplicantTokens.Any(token => token.ApplicantId == row.Id && identifiers.Contains(token.Token)));

        var words = index.WordsOf(query);
        if (words.Count == 0) return byIdentifier;
        var byName = words.Aggregate(
            context.Applicants.AsNoTracking(),
            (rows, word) => rows.Where(row => context.ApplicantTokens.Any(token => token.ApplicantId == row.Id && token.Token == word)));
        return byIdentifier.Union(byName);
    }

    private IEnumerable<ApplicantTokenRow> Tokens(Applicant applicant) =>
        index.TokensOf(applicant).Select(token => new ApplicantTokenRow { ApplicantId = applicant.Id, Token = token });

    private async Task<IReadOnlyList<Applicant>> ReadAsync(List<ApplicantRow> rows, CancellationToken cancellationToken)
    {
        var found = await keys.FindAsync(rows.Select(row => row.Id), cancellationToken);
        return [.. rows.Select(row => ApplicantMap.Read(row, found.GetValueOrDefault(row.Id)))];
    }
}
