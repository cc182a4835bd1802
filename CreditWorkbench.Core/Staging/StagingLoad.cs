using System.Globalization;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>One run through the zones: take the files in, recognise work that was done before, stage, judge, write, publish. Killed at any
/// moment and run again under the same identity it ends as if nothing had happened: files appear by a rename, the version by one transaction.</summary>
public sealed class StagingLoad(IStagingStore store, StagingZones zones, StagingSettings settings, TimeProvider clock)
{
    private const double TakenIn = 0.2;
    private const double Staged = 0.9;

    /// <summary>Runs the order.</summary>
    /// <param name="definition">A staged dictionary.</param>
    /// <param name="order">Files, day and identity.</param>
    /// <param name="actor">Who asked.</param>
    /// <param name="progress">Told phase and share done; null for nobody.</param>
    /// <param name="cancellationToken">Stops the run, which can then be resumed, or called off by <see cref="EndAsync"/>.</param>
    /// <returns>The run as it ended, also where the delivery was refused; <c>permission.missing</c>, <c>staging.absent</c> for a dictionary
    /// without tables.</returns>
    /// <exception cref="IOException">The disk fails.</exception>
    public async Task<Outcome<StagingRun>> RunAsync(
        ScorecardDefinition definition, StagingOrder order, Actor actor, IProgress<StagingProgress>? progress, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (definition.Staging is null) return new Problem("staging.absent", $"The scorecard {definition.Id} has no tables.") { Remedy = "Choose a scorecard with a section staging." };
        var run = await BeginAsync(definition, order, actor, cancellationToken);
        if (run.State != StagingRunState.Running) return Tidied(run);

        var taken = await zones.TakeInAsync(definition.Staging, run, Part(progress, StagingPhase.TakingIn, 0, TakenIn), cancellationToken);
        if (!taken.TryGet(out var delivery, out var problems)) return await FailAsync(run, problems, actor, cancellationToken);
        run = run with { DefinitionHash = ContentHash.Of(definition.SourceText), Delivery = delivery, Key = KeyOf(definition, delivery, run.AsOf) };
        if (await SameAsync(run, cancellationToken) is { } same) return await UnchangedAsync(run, same, actor, cancellationToken);
        await store.KeepAsync(run, cancellationToken);

        var staged = await StageAsync(definition, run, order.Threads, progress, cancellationToken);
        if (!staged.TryGet(out var result, out problems)) return await FailAsync(run, problems, actor, cancellationToken);
        run = Judged(definition, run with { Findings = result.Findings }, result.Report);
        if (!result.Report.Passed) return await EndAsync(run with { State = StagingRunState.Refused }, actor, cancellationToken);

        progress?.Report(new(StagingPhase.Writing, Staged));
        if (!Rows(definition, run, result.Features).TryGet(out var rows, out problems)) return await FailAsync(run, problems, actor, cancellationToken);
        WrittenFeatures written;
        using (rows) written = zones.Write(run.Id, rows, cancellationToken);
        progress?.Report(new(StagingPhase.Publishing, 1));
        return await PublishAsync(definition, run, written, actor, cancellationToken);
    }

    /// <summary>Ends a run in the state it is given: called off, failed or kept out by the gate.</summary>
    public async Task<StagingRun> EndAsync(StagingRun run, Actor actor, CancellationToken cancellationToken)
    {
        var ended = await store.EndAsync(run with { EndedAt = clock.GetUtcNow() }, null, [Entry(actor, run), .. Alerts(actor, run)], cancellationToken);
        return Tidied(ended);
    }

    private Task<StagingRun> BeginAsync(ScorecardDefinition definition, StagingOrder order, Actor actor, CancellationToken cancellationToken)
    {
        var run = new StagingRun
        {
            Id = order.Id,
            ScorecardId = definition.Id,
            DefinitionHash = ContentHash.Of(definition.SourceText),
            Folder = order.Folder,
            LoadDay = order.LoadDay,
            AsOf = order.AsOf,
            Trigger = order.Trigger,
            RequestedBy = actor.Id,
            StartedAt = clock.GetUtcNow(),
        };
        var facts = new Dictionary<string, string?> { ["scorecard"] = run.ScorecardId, ["folder"] = run.Folder, ["definition"] = run.DefinitionHash.Hex, ["trigger"] = run.Trigger.ToString() };
        return store.BeginAsync(run, new AuditDraft(actor, "staging.started", run.Id.ToString(), facts), cancellationToken);
    }

    // The dictionary of the run is part of the key: a run that is resumed under a newer one is other work.
    private static ContentHash KeyOf(ScorecardDefinition definition, Delivery delivery, DateOnly? asOf) =>
        ContentHash.Of($"staging/1\n{definition.Id}\n{ContentHash.Of(definition.SourceText)}\n{delivery.Hash}\n{asOf?.ToString("O", CultureInfo.InvariantCulture)}");

    // Only the last result counts: the same files again after others were published are news.
    private async Task<StagingRun?> SameAsync(StagingRun run, CancellationToken cancellationToken)
    {
        var query = new StagingQuery { ScorecardId = run.ScorecardId, States = [StagingRunState.Published, StagingRunState.Refused] };
        return await store.ListAsync(query, 1, 1, cancellationToken) is { Items: [var last, ..] } && last.IsSameWorkAs(run) ? last : null;
    }

    private async Task<StagingRun> UnchangedAsync(StagingRun run, StagingRun same, Actor actor, CancellationToken cancellationToken) =>
        await EndAsync(run with { State = StagingRunState.Unchanged, SameAs = same.Id, Version = same.Version, Report = same.Report, Findings = same.Findings }, actor, cancellationToken);

    // What fits into memory stays there; what does not goes through a feature file beside the delivery.
    private async Task<Outcome<StagedDelivery>> StageAsync(ScorecardDefinition definition, StagingRun run, int threads, IProgress<StagingProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new(StagingPhase.Staging, TakenIn));
        using var findings = zones.Findings(run.Id);
        var request = new StagingRequest(zones.DeliveryOf(run.Id), run.LoadDay) { AsOf = run.AsOf, Threads = threads, MemoryBytes = settings.MemoryBytes };
        var part = Part(progress, StagingPhase.Staging, TakenIn, Staged);
        var outcome = StagingLine.Fits(definition, request)
            ? (await StagingLine.RunAsync(definition, request, findings.Add, part, cancellationToken)).Then<StagedDelivery>(result => new StagedDelivery(result.Report, result.Features, 0))
            : (await StagingLine.WriteAsync(definition, request, zones.WorkFileOf(run.Id), findings.Add, part, cancellationToken)).Then<StagedDelivery>(report => new StagedDelivery(report, null, 0));
        findings.Finish();
        return outcome.Then<StagedDelivery>(staged => staged with { Findings = findings.Count });
    }

    private Outcome<FeatureRows> Rows(ScorecardDefinition definition, StagingRun run, StagedFeatures? features) => features is null
        ? FileFeatureRows.Open(definition, zones.WorkFileOf(run.Id), run.AsOf)
        : FeatureSetKeys.Of(definition, features, run.AsOf).Then<FeatureRows>(keys => new MemoryFeatureRows(features, keys));

    private StagingRun Judged(ScorecardDefinition definition, StagingRun run, StagingReport report)
    {
        var late = definition.Staging!.Quarantine.Where(rule => rule.Rule == "after_load").Select(rule => rule.Code).ToHashSet(StringComparer.Ordinal);
        return run with
        {
            Report = report,
            RowsAfterLoad = report.Tables.Sum(table => table.Findings.Where(code => late.Contains(code.Key)).Sum(code => code.Value)),
            Alerts = [.. report.Gate.Select(objection => new StagingAlert("gate", null, objection)), .. OutlierCheck.Of(definition.Staging, report, settings.OutlierAlertShare)],
        };
    }

    private async Task<StagingRun> PublishAsync(ScorecardDefinition definition, StagingRun run, WrittenFeatures written, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var set = new FeatureSet
        {
            Id = run.Id,
            ScorecardId = run.ScorecardId,
            DefinitionHash = run.DefinitionHash,
            ScoringHash = definition.ScoringHash,
            ContentHash = written.Hash,
            Rows = written.Rows,
            Columns = written.Columns,
            Bytes = written.Bytes,
            NewestAsOf = written.NewestAsOf is { } day ? FeatureSetReader.InstantOf(day) : null,
            PublishedAt = now,
        };
        run = run with { State = StagingRunState.Published, EndedAt = now };
        var ended = await store.EndAsync(run, set, [Entry(actor, run, ("features", written.Hash.Hex)), .. Alerts(actor, run)], cancellationToken);
        if (ended.State == StagingRunState.Published) await RetireAsync(run.ScorecardId, actor, cancellationToken);
        return Tidied(ended);
    }

    // Also what an attempt left that was killed between its last transaction and here.
    private StagingRun Tidied(StagingRun ended)
    {
        if (ended.State != StagingRunState.Published) zones.Remove(ended.Id);
        zones.Release(ended.Id);
        return ended;
    }

    private async Task RetireAsync(string scorecardId, Actor actor, CancellationToken cancellationToken)
    {
        foreach (var set in (await store.SetsAsync(scorecardId, cancellationToken)).Skip(Math.Max(1, settings.VersionsKept)))
        {
            if (set.RetiredAt is null)
            {
                var facts = new Dictionary<string, string?> { ["scorecard"] = scorecardId, ["version"] = set.Version.ToString(CultureInfo.InvariantCulture) };
                await store.RetireAsync(set with { RetiredAt = clock.GetUtcNow() }, new AuditDraft(actor, "features.retired", set.Id.ToString(), facts), cancellationToken);
            }

            zones.Remove(set.Id); // also what a killed run marked and could not remove any more
        }
    }

    private Task<StagingRun> FailAsync(StagingRun run, IReadOnlyList<Problem> problems, Actor actor, CancellationToken cancellationToken) =>
        EndAsync(run with { State = StagingRunState.Failed, Problems = problems }, actor, cancellationToken);

    private static AuditDraft Entry(Actor actor, StagingRun run, params (string Name, string Value)[] further)
    {
        var facts = new Dictionary<string, string?> { ["scorecard"] = run.ScorecardId, ["delivery"] = run.Delivery?.Hash.Hex, ["problems"] = run.Problems.Count == 0 ? null : string.Join(' ', run.Problems.Select(problem => problem.Code)) };
        foreach (var (name, value) in further) facts[name] = value;
        return new AuditDraft(actor, "staging." + char.ToLowerInvariant(run.State.ToString()[0]) + run.State.ToString()[1..], run.Id.ToString(), facts);
    }

    private static IEnumerable<AuditDraft> Alerts(Actor actor, StagingRun run) => run.Alerts.GroupBy(alert => alert.Kind).Select(kind =>
        new AuditDraft(actor, $"alert.{kind.Key}", run.Id.ToString(), new Dictionary<string, string?> { ["scorecard"] = run.ScorecardId, ["text"] = string.Join(' ', kind.Select(alert => alert.Text)) }));

    private static ShareOf? Part(IProgress<StagingProgress>? progress, StagingPhase phase, double from, double to) => progress is null ? null : new ShareOf(progress, phase, from, to);

    /// <summary>A delivery behind the line; features are null where they lie in a file.</summary>
    private sealed record StagedDelivery(StagingReport Report, StagedFeatures? Features, long Findings);

    /// <summary>Carries the share of a phase to the share of the run.</summary>
    private sealed class ShareOf(IProgress<StagingProgress> progress, StagingPhase phase, double from, double to) : IProgress<double>
    {
        public void Report(double value) => progress.Report(new(phase, from + ((to - from) * Math.Clamp(value, 0, 1))));
    }
}
