using System.Collections.Concurrent;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>The canary that runs while a file is scored: asked block by block, so that one that is taken back decides on no row after that.</summary>
/// <param name="lines">Rollouts in force.</param>
/// <param name="sheet">The champion's sheet.</param>
/// <param name="open">Opens the same sheet for another line.</param>
internal sealed class BatchCanary(ServingLines lines, ScoreSheet sheet, Func<ServingLine, Outcome<ScoreSheet>> open)
{
    private readonly ConcurrentDictionary<ServingLine, ScoreSheet?> _sheets = new();

    /// <summary>The canary in force with the challenger's sheet; null without one, and where the challenger could not fill the same columns.</summary>
    public async ValueTask<(RunningCanary Running, ScoreSheet Sheet)?> NowAsync(CancellationToken cancellationToken)
    {
        if (await lines.CanaryAsync(sheet.Line, cancellationToken) is not { } running) return null;
        var other = _sheets.GetOrAdd(running.Challenger, line => open(line).TryGet(out var opened, out _) && opened.Header.SequenceEqual(sheet.Header, StringComparer.Ordinal) ? opened : null);
        return other is null ? null : (running, other);
    }
}
