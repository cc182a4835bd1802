using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>Predictions in the store, and those that are still in the log only.</summary>
internal sealed class PredictionStore(IDbContextFactory<WorkbenchContext> contexts, PredictionLog log, KeyRing ring, BlindIndex index) : IPredictionStore
{
    private const int MostWithReference = 100;
    private const int BytesPerRead = 4 << 20;

    public async Task<Prediction?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await StoredAsync(id, cancellationToken) is { } stored) return stored;
        foreach (var path in PredictionSegment.In(log.Folder))
        {
            if (InSegment(path, id) is { } found) return found;
        }

        return await StoredAsync(id, cancellationToken); // it may have been brought over, and its file removed, meanwhile
    }

    public async Task<IReadOnlyList<Prediction>> WithReferenceAsync(Guid clientId, string reference, CancellationToken cancellationToken)
    {
        var token = index.ReferenceOf(clientId, reference);
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.Predictions.AsNoTracking().Where(row => row.ClientId == clientId && row.ReferenceToken == token)
            .OrderByDescending(row => row.At).ThenByDescending(row => row.Id).Take(MostWithReference).ToListAsync(cancellationToken);
        return [.. rows.Select(row => PredictionMap.Read(row, ring))];
    }

    private async Task<Prediction?> StoredAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var row = await context.Predictions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        return row is null ? null : PredictionMap.Read(row, ring);
    }

    private Prediction? InSegment(string path, Guid id)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[BytesPerRead];
            for (long from = 0; ;)
            {
                var length = RandomAccess.Read(file, bytes, from);
                var at = 0;
                while (PredictionFrame.Next(bytes.AsSpan(at, length - at)) is { IsEmpty: false } body)
                {
                    if (PredictionFrame.IdOf(body) == id)
                    {
                        var (clear, snapshot) = PredictionFrame.Read(body);
                        return PredictionFrame.Unseal(clear, snapshot, ring);
                    }

                    at += PredictionFrame.HeaderSize + body.Length;
                }

                if (at == 0) return null;
                from += at;
            }
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
