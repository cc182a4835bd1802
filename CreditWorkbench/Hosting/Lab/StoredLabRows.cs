using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Synthetic;

namespace CreditWorkbench.Web.Hosting.Lab;

/// <summary>Rows that training runs start from: versions of data sets, and what scorecards generate.</summary>
public sealed class StoredLabRows(DatasetDesk datasets, IScorecardCatalog scorecards) : ILabRows
{
    /// <inheritdoc/>
    public async Task<IReadOnlyList<LabSource>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        var sources = new List<LabSource>();
        if ((await datasets.ListAsync(actor, cancellationToken)).TryGet(out var versions, out _))
        {
            sources.AddRange(versions.Select(version => new LabSource(
                new LabData(LabDataKind.Dataset, version.Id.ToString()), version.Reference, version.Rows, version.Bad, version.FileColumns)));
        }

        foreach (var definition in await scorecards.ListAsync(cancellationToken))
        {
            if (definition.Synthetic is null || !SyntheticGenerator.Create(definition).TryGet(out var generator, out _)) continue;
            sources.Add(new LabSource(new LabData(LabDataKind.Scorecard, definition.Id) { Rows = generator.DefaultRows, Seed = definition.Training.Seed }, definition.Id, null, null, []));
        }

        return sources;
    }

    /// <inheritdoc/>
    public async Task<Outcome<LabRows>> OpenAsync(LabData data, CancellationToken cancellationToken)
    {
        if (data.Kind == LabDataKind.Dataset) return await OfDatasetAsync(data, cancellationToken);
        if (await scorecards.FindAsync(data.Key, cancellationToken) is not { } definition) return UnknownScorecard(data.Key);
        return await GeneratedRows.OpenAsync(definition, data.Rows, data.Seed, cancellationToken);
    }

    private async Task<Outcome<LabRows>> OfDatasetAsync(LabData data, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(data.Key, out var id)) return new Problem("dataset.unknown", $"There is no data set {data.Key}.") { Remedy = "Choose one from the list." };
        if (!(await datasets.OpenAsync(id, Actor.System, cancellationToken)).TryGet(out var stored, out var problems)) return Outcome<LabRows>.Refused(problems);
        ScorecardDefinition? dictionary = null;
        if (data.Dictionary is { } wanted && (dictionary = await scorecards.FindAsync(wanted, cancellationToken)) is null) return UnknownScorecard(wanted);
        var version = stored.Version;
        var mapping = version.Mapping with { Group = data.GroupBy ?? version.Mapping.Group, Weight = data.WeightBy ?? version.Mapping.Weight, Excluded = [.. version.Mapping.Excluded.Union(data.Excluded)] };
        var opened = await TrainingFile.Of(stored with { Version = version with { Mapping = mapping } }, dictionary).OpenAsync(TrainingSettings.Of, cancellationToken);
        if (!opened.TryGet(out var read, out problems)) return Outcome<LabRows>.Refused(problems);
        var signed = await datasets.AcknowledgedAsync(id, Actor.System, cancellationToken);
        return new LabRows(version.Reference, read.Request.Definition, read.Request.Dataset, read.Request.Manifest, read.Request.IsInferred)
        {
            Warnings = read.Warnings,
            Acknowledged = signed.Succeeded ? [.. signed.Value.Select(one => new Acknowledgement(one.Column, one.Kind))] : [],
        };
    }

    private static Problem UnknownScorecard(string id) => new("scorecard.unknown", $"There is no scorecard {id}.") { Field = id, Remedy = "Choose one from the list." };
}
