using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Finds the rows that a lineage names, by content hash: those of the run that built the model, those that its scorecard generates, or a
/// stored data set of as many rows.</summary>
/// <param name="runs">Training runs.</param>
/// <param name="rows">Everything that a run can start from.</param>
public sealed class LineageRows(ILabStore runs, ILabRows rows) : IRowEvidence
{
    /// <inheritdoc/>
    public async Task<RowEvidence?> MeasureAsync(Release release, CancellationToken cancellationToken) =>
        await FindAsync(release, cancellationToken) is { } found ? await new ParityRun(found.Dataset).MeasureAsync(release, cancellationToken) : null;

    private async Task<LabRows?> FindAsync(Release release, CancellationToken cancellationToken)
    {
        var lineage = release.Package.Lineage;
        await foreach (var data in CandidatesAsync(release, cancellationToken))
        {
            if ((await rows.OpenAsync(data, cancellationToken)).TryGet(out var opened, out _) && opened.Manifest.Content.Hex == lineage.DataHash) return opened;
        }

        return null;
    }

    private async IAsyncEnumerable<LabData> CandidatesAsync(Release release, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lineage = release.Package.Lineage;
        if (RunOf(release.Package.ReportJson) is { } id && await runs.FindAsync(id, cancellationToken) is { } run)
        {
            yield return run.Request.Data;
            yield break;
        }

        foreach (var source in await rows.ListAsync(Actor.System, cancellationToken))
        {
            if (source.Data.Kind == LabDataKind.Scorecard && source.Data.Key == release.Definition.Id)
                yield return source.Data with { Rows = checked((int)lineage.Rows), Seed = lineage.Seed };
            else if (source.Data.Kind == LabDataKind.Dataset && source.Rows == lineage.Rows)
                yield return source.Data;
        }
    }

    private static Guid? RunOf(string report)
    {
        using var document = JsonDocument.Parse(report.Length == 0 ? "{}" : report);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("run", out var run) && run.TryGetGuid(out var id) ? id : null;
    }
}
