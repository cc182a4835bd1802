using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>How current the latest features of a scorecard are.</summary>
/// <param name="Age">Time since they were published.</param>
/// <param name="Limit">Age above which they count as stale.</param>
public sealed record FeatureFreshness(TimeSpan Age, TimeSpan Limit)
{
    /// <summary>Whether they are within the limit.</summary>
    public bool IsFresh => Age <= Limit;
}

/// <summary>The feature store: the features of an entity as of an instant, whole versions for training, and rows written one by one.</summary>
public sealed class FeatureDesk(IStagingStore store, StagingZones zones, IScorecardCatalog scorecards, StagingSettings settings, FeatureDeskTrail trail) : IFeatureReader
{
    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, double>?> ReadAsync(string scorecard, string entity, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        if (await scorecards.FindAsync(scorecard, cancellationToken) is not { } definition || await NewestAsync(definition, entity, asOf, cancellationToken) is not { } row) return null;
        return row.Fields.ToDictionary(field => field.Name, field => field.Type is InputType.Category ? CategoryOf(definition, field) : field.Number, StringComparer.Ordinal);
    }

    /// <summary>The newest features of an entity that are not later than an instant, for a person or a client. Every read is written down.</summary>
    /// <param name="scorecard">Scorecard.</param>
    /// <param name="entity">Entity.</param>
    /// <param name="asOf">Limit; null for now.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The row, without values that are kept for audit only; <c>features.notFound</c> when nothing was known.</returns>
    public async Task<Outcome<FeatureRow>> FindAsync(string scorecard, string entity, DateTimeOffset? asOf, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        if (!(await DefinitionAsync(scorecard, cancellationToken)).TryGet(out var definition, out var problems)) return Outcome<FeatureRow>.Refused(problems);
        var limit = asOf ?? trail.Now;
        if (await NewestAsync(definition, entity, limit, cancellationToken) is not { } row)
            return new Problem("features.notFound", "Nothing is known of this entity up to that time.") { Field = "entity", Remedy = "Check the key, or ask for a later time." };
        await trail.ReadAsync(actor, scorecard, entity, row, cancellationToken);
        return row with { Fields = [.. row.Fields.Where(field => definition.Input(field.Name) is not { Sensitive: true })] };
    }

    /// <summary>Writes the features of an entity down; a value that is not named is missing.</summary>
    /// <param name="scorecard">Scorecard.</param>
    /// <param name="entity">Entity: at most 100 characters.</param>
    /// <param name="asOf">Up to when the values count; null for now, never in the future.</param>
    /// <param name="values">Values as in a feature file.</param>
    /// <param name="actor">Who writes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The row; every fault of the values.</returns>
    public async Task<Outcome<FeatureRow>> WriteAsync(
        string scorecard, string entity, DateTimeOffset? asOf, IReadOnlyDictionary<string, string?> values, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (!(await DefinitionAsync(scorecard, cancellationToken)).TryGet(out var definition, out var problems)) return Outcome<FeatureRow>.Refused(problems);
        var now = trail.Now;
        if (asOf > now) return new Problem("features.asOf.future", "The as-of time lies in the future.") { Field = "asOf", Remedy = "Leave it out for now." };
        if (!new FeatureRowCheck(definition).Check(entity, values).TryGet(out var kept, out problems)) return Outcome<FeatureRow>.Refused(problems);
        var row = new WrittenFeatureRow(Guid.CreateVersion7(now), scorecard, entity, asOf ?? now, now, actor.Id, definition.ScoringHash, kept);
        await store.AddRowAsync(row, FeatureDeskTrail.Written(actor, row), cancellationToken);
        return RowOf(definition, row);
    }

    /// <summary>Writes a version of the features as CSV, for training: all rows, or those that are not later than an instant.</summary>
    /// <param name="scorecard">Scorecard.</param>
    /// <param name="version">Version; null for the latest.</param>
    /// <param name="asOf">Limit on the rows' own as-of instants; null for none.</param>
    /// <param name="into">Target.</param>
    /// <param name="actor">Who exports.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The version; <c>features.absent</c> when there is none.</returns>
    public async Task<Outcome<FeatureSet>> ExportAsync(string scorecard, int? version, DateTimeOffset? asOf, TextWriter into, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        var sets = await store.SetsAsync(scorecard, cancellationToken);
        if (sets.FirstOrDefault(set => set.RetiredAt is null && (version is null || set.Version == version)) is not { } set || zones.Open(set.Id) is not { } reader)
            return new Problem("features.absent", $"There are no features of {scorecard}{(version is null ? "" : string.Create(CultureInfo.InvariantCulture, $" in version {version}"))}.") { Remedy = "Run etl first, or name a version that is kept." };
        using (reader) reader.WriteCsv(into, asOf is { } limit ? FeatureSetReader.DayOf(limit) : null, cancellationToken);
        await trail.ExportedAsync(actor, set, asOf, cancellationToken);
        return set;
    }

    /// <summary>Versions of feature sets, newest first.</summary>
    public async Task<Outcome<IReadOnlyList<FeatureSet>>> SetsAsync(string? scorecard, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<FeatureSet>>.Success(await store.SetsAsync(scorecard, cancellationToken));

    /// <summary>How current a version is now.</summary>
    public FeatureFreshness FreshnessOf(FeatureSet set)
    {
        ArgumentNullException.ThrowIfNull(set);
        return new FeatureFreshness(trail.Now - set.PublishedAt, settings.FreshFor);
    }

    private async Task<Outcome<ScorecardDefinition>> DefinitionAsync(string scorecard, CancellationToken cancellationToken)
    {
        return await scorecards.FindAsync(scorecard, cancellationToken) is { } definition
            ? definition
            : new Problem("scorecard.notFound", $"There is no scorecard {scorecard}.") { Field = "scorecard", Remedy = "See the list of scorecards." };
    }

    // The newest as-of instant wins; where a version and a written row have the same one, whatever became known later.
    private async Task<FeatureRow?> NewestAsync(ScorecardDefinition definition, string entity, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        var written = await store.FindRowAsync(definition.Id, entity, limit, cancellationToken) is { } found ? RowOf(definition, found) : null;
        var staged = await StagedAsync(definition, entity, limit, cancellationToken);
        if (written is null || staged is null) return written ?? staged;
        return written.AsOf != staged.AsOf ? (written.AsOf > staged.AsOf ? written : staged) : written.KnownSince >= staged.KnownSince ? written : staged;
    }

    // A later version replaces an earlier one; an earlier one still speaks for entities that later deliveries left out.
    private async Task<FeatureRow?> StagedAsync(ScorecardDefinition definition, string entity, DateTimeOffset limit, CancellationToken cancellationToken)
    {
        foreach (var set in (await store.SetsAsync(definition.Id, cancellationToken)).Where(set => set.RetiredAt is null))
        {
            using var reader = zones.Open(set.Id);
            if (reader?.Find(entity, FeatureSetReader.DayOf(limit)) is { } row) return row with { Version = set.Version, KnownSince = set.PublishedAt, ScoringHash = set.ScoringHash.Hex };
        }

        return null;
    }

    private static FeatureRow RowOf(ScorecardDefinition definition, WrittenFeatureRow row) =>
        new(row.Entity, row.AsOf, new FeatureRowCheck(definition).Fields(row.Values)) { KnownSince = row.WrittenAt, ScoringHash = row.ScoringHash.Hex };

    private static double CategoryOf(ScorecardDefinition definition, FeatureField field)
    {
        var values = definition.Input(field.Name)?.Values ?? [];
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i].Code == field.Text) return i;
        }

        return field.Number;
    }
}
