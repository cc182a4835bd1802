using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Counts of scores per day, release, feature and bin.</summary>
internal sealed class ScoreCounts(IDbContextFactory<WorkbenchContext> contexts) : IScoreCounts
{
    private const int OfScore = 3;

    public async Task<IReadOnlyList<ScoreCount>> ReadAsync(ScoreCountQuery query, CancellationToken cancellationToken)
    {
        await using var context = await contexts.CreateDbContextAsync(cancellationToken);
        var rows = context.BinCounts.AsNoTracking().Where(row => row.ScorecardId == query.ScorecardId && row.Day >= query.From && row.Day <= query.To);
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
        var rows = hits.Select((_, i) => $"({{0}}, {{1}}, {{2}}, {{{OfScore + i * 2}}}, {{{OfScore + i * 2 + 1}}}, 1)");
        var sql = $"""
            INSERT INTO "BinCounts" ("ReleaseHash", "ScorecardId", "Day", "Feature", "Bin", "Count") VALUES {string.Join(", ", rows)}
            ON CONFLICT ("ReleaseHash", "Day", "Feature", "Bin") DO UPDATE SET "Count" = "BinCounts"."Count" + 1
            """;
        object[] values = [score.Release.Hash.Hex, score.Release.ScorecardId, DateOnly.FromDateTime(score.ScoredAt.UtcDateTime), .. hits.SelectMany(hit => new object[] { hit.Feature, hit.Bin })];
        await context.Database.ExecuteSqlRawAsync(sql, values, cancellationToken);
    }
}
