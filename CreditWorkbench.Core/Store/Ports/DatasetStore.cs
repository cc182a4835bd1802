using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Manifests of data sets, mappings and acknowledgements.</summary>
internal sealed class DatasetStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer) : IDatasetStore
{
    public async Task<IReadOnlyList<DatasetVersion>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Datasets.AsNoTracking().OrderByDescending(row => row.AddedAt).ThenByDescending(row => row.Number).ToListAsync(cancellationToken);
        return [.. rows.Select(Read)];
    }

    public async Task<DatasetVersion?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.Datasets.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? Read(row) : null;
    }

    public Task<DatasetVersion> AddAsync(DatasetVersion version, AuditDraft audit, CancellationToken cancellationToken) => writer.WriteAsync(
        async context =>
        {
            var numbered = version with { Number = checked((int)await context.NextNumberAsync($"dataset:{version.Name}", cancellationToken)) };
            context.Datasets.Add(new DatasetRow
            {
                Id = numbered.Id,
                Name = numbered.Name,
                Number = numbered.Number,
                ContentHash = numbered.Content.Hex,
                HeaderHash = numbered.Header.Hex,
                ManifestJson = StoreJson.Write(numbered),
                AddedBy = numbered.AddedBy,
                AddedAt = numbered.AddedAt,
            });
            var mapping = await context.DatasetMappings.FindAsync([numbered.Header.Hex, numbered.Name], cancellationToken);
            if (mapping is null) context.DatasetMappings.Add(mapping = new DatasetMappingRow { HeaderHash = numbered.Header.Hex, Name = numbered.Name });
            (mapping.MappingJson, mapping.SavedBy, mapping.SavedAt) = (StoreJson.Write(numbered.Mapping), numbered.AddedBy, numbered.AddedAt);
            return numbered;
        },
        [audit], cancellationToken);

    public async Task<IReadOnlyList<SavedMapping>> MappingsAsync(ContentHash header, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.DatasetMappings.AsNoTracking().Where(row => row.HeaderHash == header.Hex).OrderByDescending(row => row.SavedAt).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new SavedMapping(header, row.Name, StoreJson.Read<DatasetMapping>(row.MappingJson), row.SavedBy, row.SavedAt))];
    }

    public async Task<IReadOnlyList<DatasetAcknowledgement>> AcknowledgedAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.DatasetAcknowledgements.AsNoTracking().Where(row => row.DatasetId == id).OrderBy(row => row.At).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new DatasetAcknowledgement(row.DatasetId, row.Column, row.Kind, row.Note, row.ActorId, row.At))];
    }

    public Task AcknowledgeAsync(DatasetAcknowledgement acknowledgement, AuditDraft audit, CancellationToken cancellationToken) => writer.WriteAsync(
        async context =>
        {
            var row = await context.DatasetAcknowledgements.FindAsync([acknowledgement.DatasetId, acknowledgement.Column, acknowledgement.Kind], cancellationToken);
            if (row is null)
            {
                context.DatasetAcknowledgements.Add(row = new DatasetAcknowledgementRow
                {
                    DatasetId = acknowledgement.DatasetId,
                    Column = acknowledgement.Column,
                    Kind = acknowledgement.Kind,
                });
            }

            (row.Note, row.ActorId, row.At) = (acknowledgement.Note, acknowledgement.By, acknowledgement.At);
            return true;
        },
        [audit], cancellationToken);

    public Task RevokeAsync(Guid id, string column, string kind, AuditDraft audit, CancellationToken cancellationToken) => writer.TryWriteAsync<bool>(
        async context => await context.DatasetAcknowledgements.Where(row => row.DatasetId == id && row.Column == column && row.Kind == kind).ExecuteDeleteAsync(cancellationToken) > 0
            ? true
            : new Problem("dataset.acknowledgement.none", "The finding is not acknowledged."),
        [audit], cancellationToken);

    // Number and identity are columns of their own; the document is written with them, so both agree.
    private static DatasetVersion Read(DatasetRow row) => StoreJson.Read<DatasetVersion>(row.ManifestJson);
}
