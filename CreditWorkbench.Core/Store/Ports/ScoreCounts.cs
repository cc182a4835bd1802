using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Counts of scores per day, release, feature and bin.</summary>
internal sealed class ScoreCounts(IDbContextFactory<WorkbenchContext> contexts) : IScoreCounts
{
    private const int OfScore = 4;
    private const int MostInStatement = 200;

    public async Task<IReadOnlyList<ScoreCount>> ReadAsync(ScoreCountQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.BinCounts.AsNoTracking().Where(row => row.ScorecardId == query.ScorecardId && row.Door == query.Door && row.Day >= query.From && row.Day <= query.To);
        if (query.Release is { } release) rows = rows.Where(row => row.ReleaseHash == release.Hex);
        var found = await rows.OrderBy(row => row.ReleaseHash).ThenBy(row => row.Day).ThenBy(row => row.Feature).ThenBy(row => row.Bin).ToListAsync(cancellationToken);
        return [.. found.Select(row => new ScoreCount(new ContentHash(row.ReleaseHash), row.Day, row.Feature, row.Bin, row.Count))];
    }

    /// <summary>Counts a score in its bins, one statement for all. Call last in the transaction that stores it: the rows of a day are
    /// shared by all scores of a release, and stay locked until the commit.</summary>
    /// <remarks>A score has one bin per feature and every statement takes features in the same order, so two of them never wait for each
    /// other in a ring.</remarks>
    public static async Task AddAsync(WorkbenchContext context, IssuedScore score, CancellationToken cancellationToken)
    {
        if (score.Bins.Count == 0) return;
        var hits = score.Bins.OrderBy(hit => hit.Feature, StringComparer.Ordinal).ToList();
        var rows = hits.Select((_, i) => $"({{0}}, {{1}}, {{2}}, {{3}}, {{{OfScore + i * 2}}}, {{{OfScore + i * 2 + 1}}}, 1)");
        var sql = $"""
            INSERT INTO "BinCounts" ("ReleaseHash", "ScorecardId", "Day", "Door", "Feature", "Bin", "Count") VALUES {string.Join(", ", rows)}
            ON CONFLICT ("ReleaseHash", "Day", "Door", "Feature", "Bin") DO UPDATE SET "Count" = "BinCounts"."Count" + 1
            """;
        object[] values = [score.Release.Hash.Hex, score.Release.ScorecardId, DateOnly.FromDateTime(score.ScoredAt.UtcDateTime), nameof(ScoreDoor.Application), .. hits.SelectMany(hit => new object[] { hit.Feature, hit.Bin })];
        await context.Database.ExecuteSqlRawAsync(sql, values, cancellationToken);
    }

    /// <summary>Counts many stateless predictions at once. Call last in the transaction that stores them; rows are taken in one order, so that two nodes never wait
    /// for each other in a ring.</summary>
    public static async Task AddAsync(WorkbenchContext context, IReadOnlyList<BinTally> tallies, CancellationToken cancellationToken)
    {
        var ordered = tallies.OrderBy(tally => tally.Release.Hex, StringComparer.Ordinal).ThenBy(tally => tally.Day).ThenBy(tally => tally.Feature, StringComparer.Ordinal).ThenBy(tally => tally.Bin);
        foreach (var part in ordered.Chunk(MostInStatement))
        {
            const int Width = 6;
            var rows = part.Select((_, i) => $"({string.Join(", ", Enumerable.Range(i * Width, Width).Select(place => $"{{{place}}}"))}, '{nameof(ScoreDoor.Stateless)}')");
            var sql = $"""
                INSERT INTO "BinCounts" ("ReleaseHash", "ScorecardId", "Day", "Feature", "Bin", "Count", "Door") VALUES {string.Join(", ", rows)}
                ON CONFLICT ("ReleaseHash", "Day", "Door", "Feature", "Bin") DO UPDATE SET "Count" = "BinCounts"."Count" + excluded."Count"
                """;
            await context.Database.ExecuteSqlRawAsync(
                sql, part.SelectMany(tally => new object[] { tally.Release.Hex, tally.ScorecardId, tally.Day, tally.Feature, tally.Bin, tally.Count }), cancellationToken);
        }
    }
}
