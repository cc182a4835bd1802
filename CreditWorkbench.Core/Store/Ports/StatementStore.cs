using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Bank statements and mappings in the store.</summary>
internal sealed class StatementStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, DataKeyStore keys) : IStatementStore
{
    private const string Name = "Statements.Name";
    private const string Content = "Statements.Content";
    private const int LongestBank = 100;

    public async Task AddAsync(KeptStatement statement, ReadOnlyMemory<byte> content, AuditDraft audit, CancellationToken cancellationToken)
    {
        var key = await keys.RequireAsync(statement.ApplicantId, cancellationToken);
        var row = new StatementRow
        {
            Id = statement.Id,
            ApplicationId = statement.ApplicationId,
            ApplicantId = statement.ApplicantId,
            Name = key.Seal(statement.Name, Name, statement.Id),
            Content = key.SealBytes(content.Span, Content, statement.Id),
            ContentHash = statement.Content.Hex,
            Bytes = statement.Bytes,
            MappingJson = statement.MappingJson,
            AddedBy = statement.AddedBy,
            AddedAt = statement.AddedAt,
        };
        await writer.AddAsync([row], [audit], cancellationToken);
    }

    public async Task<IReadOnlyList<KeptStatement>> OfApplicationAsync(Guid applicationId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Statements.AsNoTracking().Where(row => row.ApplicationId == applicationId).OrderByDescending(row => row.AddedAt)
            .Select(row => new { row.Id, row.ApplicantId, row.Name, row.ContentHash, row.Bytes, row.MappingJson, row.AddedBy, row.AddedAt }).ToListAsync(cancellationToken);
        var found = await keys.FindAsync(rows.Select(row => row.ApplicantId), cancellationToken);
        return
        [
            .. rows.Select(row => new KeptStatement(
                row.Id, applicationId, row.ApplicantId, found.GetValueOrDefault(row.ApplicantId)?.Open(row.Name, Name, row.Id) ?? "",
                new ContentHash(row.ContentHash), row.Bytes, row.MappingJson, row.AddedBy, row.AddedAt)),
        ];
    }

    public async Task<byte[]?> ReadAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        if (await context.Statements.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } row) return null;
        return (await keys.FindAsync(row.ApplicantId, cancellationToken))?.OpenBytes(row.Content, Content, row.Id);
    }

    public async Task<StatementMapping?> MappingAsync(ContentHash header, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.StatementMappings.AsNoTracking().SingleOrDefaultAsync(row => row.HeaderHash == header.Hex, cancellationToken) is { } row
            ? StoreJson.Read<StatementMapping>(row.MappingJson)
            : null;
    }

    public Task KeepMappingAsync(ContentHash header, StatementMapping mapping, AuditDraft audit, CancellationToken cancellationToken) => writer.WriteAsync(
        async context =>
        {
            var row = await context.StatementMappings.SingleOrDefaultAsync(row => row.HeaderHash == header.Hex, cancellationToken);
            if (row is null) context.StatementMappings.Add(row = new StatementMappingRow { HeaderHash = header.Hex });
            (row.Bank, row.MappingJson) = (mapping.Bank.Length > LongestBank ? mapping.Bank[..LongestBank] : mapping.Bank, StoreJson.Write(mapping));
            return true;
        },
        [audit], cancellationToken);
}
