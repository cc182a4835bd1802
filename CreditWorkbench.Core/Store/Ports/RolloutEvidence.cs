using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Counts and pairs of rollouts in the store.</summary>
internal sealed class RolloutEvidence(IDbContextFactory<WorkbenchContext> contexts, StoreWriter writer, DataKeyStore keys, KeyRing ring) : IRolloutEvidence
{
    private const string Reasons = "RolloutPairs.Reasons";
    private const int CountsAtOnce = 100;

    public async Task AddAsync(IReadOnlyList<RolloutTally> tallies, IReadOnlyList<RolloutPair> pairs, CancellationToken cancellationToken)
    {
        if (tallies.Count == 0 && pairs.Count == 0) return;
        var found = await keys.FindAsync(pairs.Select(pair => pair.ApplicantId).OfType<Guid>(), cancellationToken);
        await writer.WriteAsync(
            async context =>
            {
                context.RolloutPairs.AddRange(pairs.Where(pair => pair.ApplicantId is not { } id || found.ContainsKey(id)).Select(pair => RolloutPairMap.Write(pair, Seal(pair, found))));
                await context.SaveChangesAsync(cancellationToken);
                // All nodes count in the same order, so two of them never wait for each other in a ring.
                foreach (var chunk in tallies.OrderBy(tally => tally.RolloutId).ThenBy(tally => tally.Arm).ThenBy(tally => tally.Minute).ThenBy(tally => tally.Measure, StringComparer.Ordinal)
                    .ThenBy(tally => tally.Bin).Chunk(CountsAtOnce)) await CountAsync(context, chunk, cancellationToken);
                return true;
            },
            [], cancellationToken);
    }

    public async Task<IReadOnlyList<RolloutCount>> CountsAsync(Guid rolloutId, DateTimeOffset from, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var counts = await context.RolloutTallies.AsNoTracking().Where(row => row.RolloutId == rolloutId && row.Minute >= from)
            .GroupBy(row => new { row.Arm, row.Measure, row.Bin }).Select(group => new { group.Key.Arm, group.Key.Measure, group.Key.Bin, Count = group.Sum(row => row.Count) }).ToListAsync(cancellationToken);
        return [.. counts.OrderBy(count => count.Arm).ThenBy(count => count.Measure, StringComparer.Ordinal).ThenBy(count => count.Bin)
            .Select(count => new RolloutCount(count.Arm, count.Measure, count.Bin, count.Count))];
    }

    public async Task<IReadOnlyList<RolloutPair>> PairsAsync(Guid rolloutId, DateTimeOffset from, int count, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.RolloutPairs.AsNoTracking().Where(row => row.RolloutId == rolloutId && row.At >= from).OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Take(count).ToListAsync(cancellationToken);
        var found = await keys.FindAsync(rows.Select(row => row.ApplicantId).OfType<Guid>(), cancellationToken);
        return [.. rows.Where(row => row.ApplicantId is not { } id || found.ContainsKey(id)).Select(row => RolloutPairMap.Read(row, Open(row, found)))];
    }

    public async Task<IReadOnlyList<PairedDecision>> DecisionsAsync(Guid rolloutId, DateTimeOffset from, int count, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = await context.RolloutPairs.AsNoTracking().Where(row => row.RolloutId == rolloutId && row.At >= from && row.ApplicationId != null).OrderByDescending(row => row.At).ThenByDescending(row => row.Id)
            .Take(count).Select(row => new { row.ApplicationId, row.ChampionDecision, row.ChallengerDecision }).ToListAsync(cancellationToken);
        return [.. rows.Select(row => new PairedDecision(row.ApplicationId!.Value, row.ChampionDecision, row.ChallengerDecision))];
    }

    private static Task<int> CountAsync(WorkbenchContext context, RolloutTally[] tallies, CancellationToken cancellationToken)
    {
        const int Columns = 6;
        var rows = tallies.Select((_, i) => $"({string.Join(", ", Enumerable.Range(i * Columns, Columns).Select(place => $"{{{place}}}"))})");
        var sql = $"""
            INSERT INTO "RolloutTallies" ("RolloutId", "Arm", "Minute", "Measure", "Bin", "Count") VALUES {string.Join(", ", rows)}
            ON CONFLICT ("RolloutId", "Arm", "Minute", "Measure", "Bin") DO UPDATE SET "Count" = "RolloutTallies"."Count" + excluded."Count"
            """;
        // Raw values are bound as the provider keeps them: SQLite's instants are ticks, its ids text in capitals.
        var sqlite = context.Database.IsSqlite();
        object[] values = [.. tallies.SelectMany(tally => new object[] { tally.RolloutId, $"{tally.Arm}", sqlite ? tally.Minute.UtcTicks : tally.Minute.ToUniversalTime(), tally.Measure, tally.Bin, tally.Count })];
        return context.Database.ExecuteSqlRawAsync(sql, values, cancellationToken);
    }

    private byte[] Seal(RolloutPair pair, IReadOnlyDictionary<Guid, DataKey> found)
    {
        var text = StoreJson.Write(new Told(pair.Champion.Reasons, pair.Challenger.Reasons));
        return pair.ApplicantId is { } id ? found[id].Seal(text, Reasons, pair.Id) : ring.Seal(System.Text.Encoding.UTF8.GetBytes(text), Envelope.Place(Reasons, pair.Id));
    }

    private (IReadOnlyList<string> Champion, IReadOnlyList<string> Challenger) Open(RolloutPairRow row, IReadOnlyDictionary<Guid, DataKey> found)
    {
        var text = row.ApplicantId is { } id ? found[id].Open(row.Reasons, Reasons, row.Id) : System.Text.Encoding.UTF8.GetString(ring.Open(row.Reasons, Envelope.Place(Reasons, row.Id)));
        var told = StoreJson.Read<Told>(text);
        return (told.Champion, told.Challenger);
    }

    private sealed record Told(IReadOnlyList<string> Champion, IReadOnlyList<string> Challenger);
}
