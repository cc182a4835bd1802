using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Ports;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Core.Store.Predictions;

/// <summary>Brings predictions from the log into the store, block by block: rows, the block with its hash, the counts of their bins, and one entry of the audit
/// trail in one transaction. A block that is there already is not brought again, so a process that dies in between doubles nothing.</summary>
internal sealed class PredictionMover(
    IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, PredictionLog log, KeyRing ring, BlindIndex index, TimeProvider time, ILogger<PredictionMover> logger,
    IPredictionBins? bins = null)
{
    private const int MostInBlock = 2000;
    private const int BytesPerRead = 4 << 20;
    private const string AlreadyMoved = "predictions.moved";
    private readonly List<PredictionSegment> _recovered = [];

    /// <summary>Brings over one block of each segment, this process's own and those of dead ones.</summary>
    /// <returns>How many predictions were brought over.</returns>
    public async Task<int> MoveAsync(CancellationToken cancellationToken)
    {
        Recover();
        var moved = 0;
        foreach (var segment in _recovered.Concat(log.Segments()).ToList()) moved += await MoveBlockAsync(segment, cancellationToken);
        return moved;
    }

    /// <summary>Brings over everything.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        while (await MoveAsync(cancellationToken) > 0)
        {
        }
    }

    private void Recover()
    {
        var known = _recovered.Concat(log.Segments()).Select(segment => segment.FilePath).ToHashSet();
        foreach (var path in PredictionSegment.In(log.Folder).Where(path => !known.Contains(path)))
        {
            if (PredictionSegment.Recover(path) is { } left) _recovered.Add(left);
        }
    }

    private async Task<int> MoveBlockAsync(PredictionSegment segment, CancellationToken cancellationToken)
    {
        if (segment.Moved < 0) segment.Moved = await MovedBeforeAsync(segment, cancellationToken);
        var (closed, written) = (segment.Closed, segment.Written);
        if (segment.Moved >= written)
        {
            if (closed) Remove(segment);
            return 0;
        }

        var block = Read(segment, written);
        if (block.Rows.Count == 0)
        {
            // Only a writer that died leaves half a frame, and that was never acknowledged; or zeros, where it would have gone on.
            if (!block.IsBlank) logger.LogWarning("{Segment} ends in {Bytes} bytes that are no whole prediction; they were never acknowledged.", segment.FilePath, written - segment.Moved);
            segment.EndAt(segment.Moved);
            if (closed) Remove(segment);
            return 0;
        }

        var tallies = await TalliesAsync(block.Rows, cancellationToken);
        var outcome = await writer.TryWriteAsync<Guid>(
            async context =>
            {
                if (await context.PredictionBlocks.AnyAsync(row => row.Segment == segment.Name && row.FromByte == block.Row.FromByte, cancellationToken)) return new Problem(AlreadyMoved, "This block is in the store.");
                context.PredictionBlocks.Add(block.Row);
                await PredictionRows.AddAsync(context, block.Rows, cancellationToken);
                await ScoreCounts.AddAsync(context, tallies, cancellationToken);
                return block.Row.Id;
            },
            [block.Audit], cancellationToken);
        segment.Moved = outcome.Succeeded ? block.Row.ToByte : await MovedBeforeAsync(segment, cancellationToken);
        return block.Rows.Count;
    }

    private void Remove(PredictionSegment segment)
    {
        segment.Remove();
        _recovered.Remove(segment);
        log.Forget(segment);
    }

    private async Task<long> MovedBeforeAsync(PredictionSegment segment, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        return await context.PredictionBlocks.Where(row => row.Segment == segment.Name).MaxAsync(row => (long?)row.ToByte, cancellationToken) ?? 0;
    }

    private Block Read(PredictionSegment segment, long written)
    {
        var bytes = ArrayPool<byte>.Shared.Rent((int)Math.Min(written - segment.Moved, BytesPerRead));
        try
        {
            return Read(segment, bytes.AsSpan(0, RandomAccess.Read(segment.File, bytes.AsSpan(0, (int)Math.Min(written - segment.Moved, bytes.Length)), segment.Moved)));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private Block Read(PredictionSegment segment, ReadOnlySpan<byte> bytes)
    {
        var row = new PredictionBlockRow { Id = Guid.CreateVersion7(time.GetUtcNow()), Segment = segment.Name, FromByte = segment.Moved, MovedAt = time.GetUtcNow() };
        var rows = new List<PredictionRow>();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var at = 0;
        while (rows.Count < MostInBlock && PredictionFrame.Next(bytes[at..]) is { IsEmpty: false } body)
        {
            rows.Add(PredictionMap.Write(body, row.Id, rows.Count, ring, index));
            hash.AppendData(body);
            at += PredictionFrame.HeaderSize + body.Length;
        }

        (row.ToByte, row.Count, row.Hash) = (segment.Moved + at, rows.Count, Convert.ToHexStringLower(hash.GetHashAndReset()));
        return new Block(row, rows, EntryOf(row, rows), IsBlank: !bytes.ContainsAnyExcept((byte)0));
    }

    // What monitoring asks of predictions is counted once, here: it outlives the records. Clients ask about the same values again and again: those are opened once.
    private async Task<IReadOnlyList<BinTally>> TalliesAsync(IReadOnlyList<PredictionRow> rows, CancellationToken cancellationToken)
    {
        if (bins is null) return [];
        var known = new Dictionary<(string Release, string Values, int Issued), IReadOnlyList<BinHit>>();
        var counts = new Dictionary<(string Release, string Scorecard, DateOnly Day, string Feature, int Bin), long>();
        foreach (var row in rows)
        {
            var same = (row.ReleaseHash, row.InputHash, row.Issued);
            if (!known.TryGetValue(same, out var hits)) known[same] = hits = await bins.OfAsync(PredictionMap.Read(row, ring), cancellationToken);
            foreach (var hit in hits)
            {
                var key = (row.ReleaseHash, row.ScorecardId, DateOnly.FromDateTime(row.At.UtcDateTime), hit.Feature, hit.Bin);
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }

        return [.. counts.Select(count => new BinTally(new ContentHash(count.Key.Release), count.Key.Scorecard, count.Key.Day, count.Key.Feature, count.Key.Bin, count.Value))];
    }

    // A block is one entry, as a batch is: it names what it holds by hash, so a row that was changed later is found.
    private static AuditDraft EntryOf(PredictionBlockRow block, List<PredictionRow> rows) =>
        new(Actor.System, "predictions.kept", block.Id.ToString(), new Dictionary<string, string?>
        {
            ["count"] = Text(block.Count),
            ["sha256"] = block.Hash,
            ["first"] = rows.FirstOrDefault()?.Id.ToString(),
            ["last"] = rows.LastOrDefault()?.Id.ToString(),
            ["clients"] = Counts(rows.Select(row => row.ClientId.ToString())),
            ["kinds"] = Counts(rows.Select(row => row.Kind)),
            ["models"] = Counts(rows.Select(row => row.Model)),
            ["decisions"] = Counts(rows.Select(row => row.Decision.ToString())),
            ["warnings"] = Counts(rows.Where(row => row.Warnings.Length > 0).SelectMany(row => row.Warnings.Split(','))),
            ["fromCache"] = Text(rows.Count(row => row.FromCache)),
        })
        { Releases = [.. rows.Select(row => new ContentHash(row.ReleaseHash)).Distinct()] };

    private static string? Counts(IEnumerable<string> words)
    {
        var counts = words.GroupBy(word => word).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key}: {Text(group.Count())}").ToList();
        return counts.Count == 0 ? null : string.Join(", ", counts);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Block(PredictionBlockRow Row, IReadOnlyList<PredictionRow> Rows, AuditDraft Audit, bool IsBlank);
}
