using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Where evidence about models is measured, reviewed and asked for.</summary>
/// <param name="models">The registry's store.</param>
/// <param name="governance">Where results are kept.</param>
/// <param name="keys">Keys whose signatures are believed.</param>
/// <param name="rows">Finds and serves training rows.</param>
/// <param name="clock">Time of entries.</param>
public sealed class GateDesk(IModelStore models, IGovernanceStore governance, IPackageKeys keys, IRowEvidence rows, TimeProvider clock)
{
    /// <summary>Fewest characters of a review or of a responsibility taken.</summary>
    public const int ShortestNote = 10;

    private const int LongestNote = 2_000;
    private static readonly HashSet<string> CouldNotBeMeasured = ["parity.noData", "calibration.notMeasured"];
    private static readonly HashSet<EvidenceGate> ForStaging = [EvidenceGate.Parity, EvidenceGate.Additivity, EvidenceGate.Leakage];
    private readonly PackageLoader _loader = new(keys);

    /// <summary>Every gate in order.</summary>
    public static IReadOnlyList<EvidenceGate> All { get; } = Enum.GetValues<EvidenceGate>();

    /// <summary>Whether a person may take responsibility for a gate that does not let a version decide: only where nothing could be measured.</summary>
    public static bool MayBeWaived(GateResult result) => !result.Holds && CouldNotBeMeasured.Contains(result.Code);

    /// <summary>Whether a stage asks for a gate.</summary>
    public static bool Asks(ModelStage stage, EvidenceGate gate) => stage == ModelStage.Production || (stage == ModelStage.Staging && ForStaging.Contains(gate));

    /// <summary>Everything ever found about a version, newest first; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<GateResult>>> HistoryAsync(RegisteredModel model, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<GateResult>>.Success(await governance.GatesAsync(model.Id, cancellationToken));

    /// <summary>The newest result of each gate, in order; gates that were never looked at are left out.</summary>
    public static IReadOnlyList<GateResult> Latest(IEnumerable<GateResult> newestFirst) => [.. newestFirst.DistinctBy(result => result.Gate).OrderBy(result => result.Gate)];

    /// <summary>Measures every gate that needs no person and keeps what was found; needs <see cref="Permission.BuildModels"/> or
    /// <see cref="Permission.PromoteModels"/>. What a person reviewed or took responsibility for stays.</summary>
    public async Task<Outcome<IReadOnlyList<GateResult>>> RunAsync(RegisteredModel model, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.BuildModels) && actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        return await MeasureAsync(model, rows, actor, cancellationToken);
    }

    /// <summary>The same with training rows that are at hand right now, as after a training run on a file.</summary>
    public async Task<Outcome<IReadOnlyList<GateResult>>> RunOnAsync(RegisteredModel model, IRowEvidence atHand, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        return await MeasureAsync(model, atHand, actor, cancellationToken);
    }

    /// <summary>A person says that the fairness figures were looked at; needs <see cref="Permission.PromoteModels"/>, and not the model's builder.</summary>
    public async Task<Outcome<GateResult>> ReviewFairnessAsync(RegisteredModel model, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (await PersonProblemAsync(model, note, actor, cancellationToken) is { } refusal) return refusal;
        return await AddAsync(model, new(EvidenceGate.Fairness, GateState.Passed, "fairness.reviewed", "A person reviewed the fairness figures."), note, actor, cancellationToken);
    }

    /// <summary>A person takes responsibility for what could not be measured; needs <see cref="Permission.PromoteModels"/>, and not the model's builder.</summary>
    public async Task<Outcome<GateResult>> WaiveAsync(RegisteredModel model, EvidenceGate gate, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (await PersonProblemAsync(model, note, actor, cancellationToken) is { } refusal) return refusal;
        var latest = Latest(await governance.GatesAsync(model.Id, cancellationToken)).FirstOrDefault(result => result.Gate == gate);
        if (latest is null || !MayBeWaived(latest)) return RegistryProblems.NotWaivable(gate);
        return await AddAsync(model, new(gate, GateState.Waived, latest.Code, latest.Detail, [.. latest.Figures]), note, actor, cancellationToken);
    }

    /// <summary>What stands between a version and a stage. Gates that were never measured are measured now. On the way to staging the note of
    /// whoever works the installation from its command line stands for what could not be measured; production asks a person.</summary>
    /// <returns>The gates as they stand; refused with one problem per failed gate.</returns>
    public async Task<Outcome<IReadOnlyList<GateResult>>> RequireAsync(RegisteredModel model, ModelStage stage, string note, Actor actor, CancellationToken cancellationToken)
    {
        var latest = Latest(await governance.GatesAsync(model.Id, cancellationToken));
        if (All.Any(gate => gate != EvidenceGate.Fairness && latest.All(result => result.Gate != gate)))
        {
            if (!(await MeasureAsync(model, rows, actor, cancellationToken)).TryGet(out var measured, out var problems)) return Outcome<IReadOnlyList<GateResult>>.Refused(problems);
            latest = measured;
        }

        if (actor.Kind == ActorKind.System && stage == ModelStage.Staging) latest = await TakeNoteAsync(model, latest, note, actor, cancellationToken);
        List<Problem> failed = [.. All.Where(gate => Asks(stage, gate)).Select(gate => FaultOf(model, stage, gate, latest.FirstOrDefault(result => result.Gate == gate))).OfType<Problem>()];
        return failed.Count > 0 ? Outcome<IReadOnlyList<GateResult>>.Refused(failed) : Outcome<IReadOnlyList<GateResult>>.Success(latest);
    }

    private async Task<Outcome<IReadOnlyList<GateResult>>> MeasureAsync(RegisteredModel model, IRowEvidence source, Actor actor, CancellationToken cancellationToken)
    {
        var loaded = _loader.Load(await models.PackageAsync(model.Id, cancellationToken), model).Then(package => Release.Open(package, model));
        if (!loaded.TryGet(out var release, out var problems)) return Outcome<IReadOnlyList<GateResult>>.Refused(problems);
        var before = Latest(await governance.GatesAsync(model.Id, cancellationToken));
        var served = await source.MeasureAsync(release, cancellationToken);
        var found = await Task.Run(() => FindingsOf(release, served), cancellationToken);
        List<GateResult> results = [.. found.Where(finding => !Keeps(before, finding)).Select(finding => ResultOf(model, finding, null, actor))];
        if (results.Count > 0) await governance.AddGatesAsync(results, Entry(actor, "model.gatesMeasured", model, results), cancellationToken);
        return Outcome<IReadOnlyList<GateResult>>.Success(Latest(await governance.GatesAsync(model.Id, cancellationToken)));
    }

    private static List<GateFinding> FindingsOf(Release release, RowEvidence? served)
    {
        using var report = JsonDocument.Parse(release.Package.ReportJson.Length == 0 ? "{}" : release.Package.ReportJson);
        return
        [
            GateMeasures.Parity(served), GateMeasures.Additivity(release, served?.Sample), GateMeasures.Calibration(report.RootElement), GateMeasures.Leakage(report.RootElement),
            GateMeasures.ReasonTexts(release.Package, release.Program.Columns), GateMeasures.Reasons(release.Package),
        ];
    }

    // A package never changes, so what was once shown of it, or signed by a person, outlives rows that are no longer within reach.
    private static bool Keeps(IReadOnlyList<GateResult> before, GateFinding finding) =>
        CouldNotBeMeasured.Contains(finding.Code) && before.FirstOrDefault(result => result.Gate == finding.Gate) is { } former && (former.State == GateState.Passed || former.Code == finding.Code);

    private async Task<IReadOnlyList<GateResult>> TakeNoteAsync(RegisteredModel model, IReadOnlyList<GateResult> latest, string note, Actor actor, CancellationToken cancellationToken)
    {
        List<GateResult> signed =
        [
            .. latest.Where(result => result.State == GateState.Failed && Asks(ModelStage.Staging, result.Gate) && MayBeWaived(result))
                .Select(result => result with { State = GateState.Waived, Note = note, By = actor.Id, At = clock.GetUtcNow() }),
        ];
        if (signed.Count == 0) return latest;
        await governance.AddGatesAsync(signed, Entry(actor, "model.gateSigned", model, signed), cancellationToken);
        return Latest(signed.Concat(latest));
    }

    private async Task<GateResult> AddAsync(RegisteredModel model, GateFinding finding, string note, Actor actor, CancellationToken cancellationToken)
    {
        var result = ResultOf(model, finding, note.Trim(), actor);
        await governance.AddGatesAsync([result], Entry(actor, "model.gateSigned", model, [result]), cancellationToken);
        return result;
    }

    private async Task<Problem?> PersonProblemAsync(RegisteredModel model, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (actor.Kind != ActorKind.User) return RegistryProblems.NoPerson;
        if ((await models.BuildersAsync(model, cancellationToken)).Contains(actor.Id)) return RegistryProblems.OwnEvidence;
        return note.Trim().Length is < ShortestNote or > LongestNote ? RegistryProblems.NoteShort(ShortestNote) : null;
    }

    private static Problem? FaultOf(RegisteredModel model, ModelStage stage, EvidenceGate gate, GateResult? result) =>
        result is not null && result.HoldsFor(stage) ? null : RegistryProblems.GateFailed(model, gate, result);

    private GateResult ResultOf(RegisteredModel model, GateFinding finding, string? note, Actor actor) => new()
    {
        ModelId = model.Id,
        Gate = finding.Gate,
        State = finding.State,
        Code = finding.Code,
        Detail = finding.Detail,
        Figures = finding.Figures,
        Note = note,
        By = actor.Id,
        At = clock.GetUtcNow(),
    };

    private static AuditDraft Entry(Actor actor, string kind, RegisteredModel model, IReadOnlyList<GateResult> results)
    {
        var payload = results.ToDictionary(result => JsonNamingPolicy.CamelCase.ConvertName(result.Gate.ToString()), result => (string?)string.Create(CultureInfo.InvariantCulture, $"{result.State}: {result.Detail}"));
        if (results.Select(result => result.Note).FirstOrDefault(note => note is not null) is { } said) payload["note"] = said;
        return new AuditDraft(actor, kind, model.Reference, payload) { Releases = [model.ReleaseHash] };
    }
}
