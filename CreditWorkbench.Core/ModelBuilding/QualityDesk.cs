using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Works out the quality report of a data set: profile, contract, findings, drift. Reports are worked out once and kept.</summary>
/// <param name="rows">Rows of data sets.</param>
public sealed class QualityDesk(OpenDatasets rows)
{
    private const int Kept = 8;
    private readonly SharedWork<(Guid Id, Guid? Reference), double, Outcome<DatasetQuality>> _reports = new(Kept);

    /// <summary>The report of a version; needs <see cref="Permission.ReadModels"/>. It holds counts and quantiles, no row.</summary>
    /// <param name="id">Version.</param>
    /// <param name="reference">Version that drift is measured against; null for none.</param>
    /// <param name="actor">Who looks.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public Task<Outcome<DatasetQuality>> ReportAsync(Guid id, Guid? reference, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal
            ? Task.FromResult<Outcome<DatasetQuality>>(refusal)
            : _reports.GetAsync((id, reference), (_, stop) => WorkAsync(id, reference, stop), outcome => outcome.Succeeded, null, cancellationToken);

    private async Task<Outcome<DatasetQuality>> WorkAsync(Guid id, Guid? reference, CancellationToken cancellationToken)
    {
        if (!(await rows.OfAsync(id, cancellationToken)).TryGet(out var open, out var problems)) return Outcome<DatasetQuality>.Refused(problems);
        OpenDataset? against = null;
        if (reference is { } other && !(await rows.OfAsync(other, cancellationToken)).TryGet(out against, out problems)) return Outcome<DatasetQuality>.Refused(problems);
        var request = open.Rows.Request;
        var (definition, records) = (request.Definition, request.Dataset.Records ?? []);
        var audit = QualityAudit.Of(definition, records, request.Dataset.Outcomes, cancellationToken);
        var shapes = new ColumnShape[definition.Inputs.Count];
        Parallel.For(0, shapes.Length, new ParallelOptions { CancellationToken = cancellationToken }, index => shapes[index] = ColumnShapes.Of(definition.Inputs[index], index, records, open.Bad));
        var columns = definition.Inputs.Select((input, index) => new QualityColumn(input, audit.Columns[index], shapes[index])).ToList();
        var leaks = LeakageStep.OfData(request, request.Dataset.Features, open.Bad, cancellationToken);
        return new DatasetQuality(open.Version, columns, audit.DuplicateRows, Findings(audit, leaks), against?.Version, against is null ? [] : Drift(against, open));
    }

    private static IReadOnlyList<DatasetFinding> Findings(QualityReport audit, IReadOnlyList<LeakageFinding> leaks) =>
    [
        .. leaks.Select(leak => new DatasetFinding(leak.Column, leak.Kind, leak.Severity == LeakageSeverity.Error ? QualitySeverity.Error : QualitySeverity.Warning, leak.Evidence, IsLeak: true))
            .Concat(audit.Findings.Select(finding => new DatasetFinding(finding.Column ?? "", finding.Kind, finding.Severity, finding.Evidence, IsLeak: false)))
            .OrderByDescending(finding => finding.Severity),
    ];

    private static IReadOnlyList<ColumnDrift> Drift(OpenDataset reference, OpenDataset now)
    {
        var (before, after) = (reference.Dataset.Features, now.Dataset.Features);
        var places = before.Columns.Select((column, index) => (column.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        return [.. after.Columns.Select((column, index) => (Column: column, Index: index)).Where(pair => places.ContainsKey(pair.Column.Name))
            .Select(pair => Drift(before.Columns[places[pair.Column.Name]], before.Column(places[pair.Column.Name]), pair.Column, after.Column(pair.Index)))];
    }

    private static ColumnDrift Drift(FeatureColumn column, ReadOnlySpan<float> before, FeatureColumn nowColumn, ReadOnlySpan<float> after)
    {
        var frozen = BinningStep.Of(column, before);
        var counts = new long[frozen.Count];
        foreach (var cell in after) counts[frozen.BinOf(Carried(cell, nowColumn, column))]++;
        long[] expected = [.. frozen.Expected];
        return new ColumnDrift(column.Name, PopulationStability.Of(expected, counts), Names(frozen), Shares(expected), Shares(counts));
    }

    private static double[] Shares(long[] counts)
    {
        var total = Math.Max(1, counts.Sum());
        return Array.ConvertAll(counts, count => (double)count / total);
    }

    // Indices of categories are those of each file; the code says which category is meant.
    private static float Carried(float cell, FeatureColumn from, FeatureColumn to)
    {
        if (!to.IsCategory || !from.IsCategory || float.IsNaN(cell)) return cell;
        for (var index = 0; index < to.Categories.Count; index++)
        {
            if (to.Categories[index] == from.Categories[(int)cell]) return index;
        }

        return float.NaN;
    }

    private static List<string> Names(FeatureBins bins)
    {
        var names = new List<string>();
        if (bins.Column.IsCategory) names.AddRange(bins.Column.Categories);
        else names.AddRange(bins.Cuts.Select(cut => FormattableString.Invariant($"\u2264 {cut:G5}")).Append(bins.Cuts.Count == 0 ? "" : FormattableString.Invariant($"> {bins.Cuts[^1]:G5}")));
        names.Add("missing");
        names.AddRange(bins.Column.SpecialCodes);
        return names;
    }
}
