using System.IO.Compression;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Training runs in the store. What speaks of rows is packed, then sealed under the ring's key.</summary>
internal sealed class LabStore(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, KeyRing ring) : ILabStore
{
    public Task AddAsync(LabRun run, AuditDraft audit, CancellationToken cancellationToken) => writer.AddAsync([LabMap.Write(run)], [audit], cancellationToken);

    public async Task<LabRun?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.LabRuns.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } row ? LabMap.Read(row) : null;
    }

    public async Task<IReadOnlyList<LabRun>> ListAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.LabRuns.AsNoTracking().OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id).ToListAsync(cancellationToken);
        return [.. rows.Select(LabMap.Read)];
    }

    public async Task<bool> TakeJobAsync(Guid id, Guid former, Guid job, AuditDraft audit, CancellationToken cancellationToken) =>
        (await writer.TryWriteAsync<bool>(
            async context => await context.LabRuns.Where(row => row.Id == id && row.JobId == former)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.JobId, job), cancellationToken) > 0 ? true : StaleVersion.Problem,
            [audit], cancellationToken)).Succeeded;

    public Task DescribeAsync(Guid id, LabFacts facts, CancellationToken cancellationToken)
    {
        var json = LabMap.Write(facts);
        return writer.WriteAsync(
            context => context.LabRuns.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.FactsJson, json), cancellationToken), [], cancellationToken);
    }

    public Task FinishAsync(Guid id, LabSummary summary, IReadOnlyDictionary<string, byte[]> parts, CancellationToken cancellationToken)
    {
        var sealedParts = parts.Select(part => new LabPartRow { RunId = id, Name = part.Key, Content = ring.Seal(Pack(part.Value), PlaceOf(id, part.Key)) }).ToList();
        var json = LabMap.Write(summary);
        return writer.WriteAsync(
            async context =>
            {
                // Whoever comes second finds nothing to end: a worker that lost its lease may have ended the run already.
                var ended = await context.LabRuns.Where(row => row.Id == id && row.SummaryJson == null)
                    .ExecuteUpdateAsync(set => set.SetProperty(row => row.SummaryJson, json), cancellationToken);
                if (ended > 0) context.LabParts.AddRange(sealedParts);
                return ended;
            },
            [], cancellationToken);
    }

    public async Task<byte[]?> PartAsync(Guid runId, string name, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.LabParts.AsNoTracking().SingleOrDefaultAsync(row => row.RunId == runId && row.Name == name, cancellationToken);
        return row is null ? null : Unpack(ring.Open(row.Content, PlaceOf(runId, name)));
    }

    public async Task<IReadOnlyList<LabAcknowledgement>> AcknowledgedAsync(Guid runId, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.LabAcknowledgements.AsNoTracking().Where(row => row.RunId == runId).OrderBy(row => row.At).ThenBy(row => row.Column).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new LabAcknowledgement(row.RunId, row.Column, row.Kind, row.Reason, row.By, row.At))];
    }

    public Task AcknowledgeAsync(LabAcknowledgement acknowledgement, AuditDraft audit, CancellationToken cancellationToken) => writer.TryWriteAsync<bool>(
        async context =>
        {
            var (run, column, kind) = (acknowledgement.RunId, acknowledgement.Column, acknowledgement.Kind);
            if (await context.LabAcknowledgements.AnyAsync(row => row.RunId == run && row.Column == column && row.Kind == kind, cancellationToken)) return StaleVersion.Problem;
            context.LabAcknowledgements.Add(new LabAcknowledgementRow { RunId = run, Column = column, Kind = kind, Reason = acknowledgement.Reason, By = acknowledgement.By, At = acknowledgement.At });
            return true;
        },
        [audit], cancellationToken);

    public async Task<IReadOnlyList<LabRegistration>> RegisteredAsync(CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.LabRegistrations.AsNoTracking().OrderBy(row => row.At).ThenBy(row => row.Family).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new LabRegistration(row.RunId, row.Family, row.Model, row.By, row.At))];
    }

    public Task RegisterAsync(LabRegistration registration, AuditDraft audit, CancellationToken cancellationToken) => writer.TryWriteAsync<bool>(
        async context =>
        {
            var (run, family, model) = (registration.RunId, registration.Family, registration.Model);
            if (await context.LabRegistrations.AnyAsync(row => row.RunId == run && row.Family == family && row.Model == model, cancellationToken)) return StaleVersion.Problem;
            context.LabRegistrations.Add(new LabRegistrationRow { RunId = run, Family = family, Model = model, By = registration.By, At = registration.At });
            return true;
        },
        [audit], cancellationToken);

    // A run has one sealed place per part: the bytes of one cannot be passed off as those of another.
    private static byte[] PlaceOf(Guid run, string name) => Envelope.Place("LabParts." + name, run);

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest)) brotli.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        brotli.CopyTo(bytes);
        return bytes.ToArray();
    }
}
