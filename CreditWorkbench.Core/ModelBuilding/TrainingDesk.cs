using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Where people design training runs, watch them, take responsibility for findings and register candidates.</summary>
/// <param name="rows">Rows that runs start from.</param>
/// <param name="store">Runs.</param>
/// <param name="jobs">Their jobs.</param>
/// <param name="registry">Where candidates go.</param>
/// <param name="clock">Time of entries.</param>
public sealed class TrainingDesk(ILabRows rows, ILabStore store, IJobStore jobs, RegistryDesk registry, TimeProvider clock)
{
    /// <summary>Fewest characters of a reason.</summary>
    public const int ShortestReason = 20;

    private const int LongestTitle = 100;
    private const int LongestReason = 2_000;
    private const double MostSeconds = 86_400;
    private const int KeptData = 2;
    private const int KeptStudies = 6;
    private readonly SharedWork<string, double, Outcome<LabRows>> _rows = new(KeptData);
    private readonly SharedWork<Guid, double, LabStudy> _studies = new(KeptStudies);

    /// <summary>Everything that a run can start from; needs <see cref="Permission.BuildModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<LabSource>>> SourcesAsync(Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.BuildModels) is { } refusal ? refusal : Outcome<IReadOnlyList<LabSource>>.Success(await rows.ListAsync(actor, cancellationToken));

    /// <summary>Rows and bad rates of the parts that a design would deal; needs <see cref="Permission.BuildModels"/>. The rows are read once and kept
    /// for the next look.</summary>
    public async Task<Outcome<LabPreview>> PreviewAsync(LabRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        return (await ReadAsync(request.Data, cancellationToken)).Then<LabPreview>(opened => LabPreview.Of(opened, request));
    }

    /// <summary>Begins a run; needs <see cref="Permission.BuildModels"/>. Everything that can be refused before training is refused here.</summary>
    public async Task<Outcome<LabRun>> StartAsync(LabRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        request = request with { Title = request.Title.Trim() };
        if (Faults(request) is { Count: > 0 } faults) return faults;
        if (!(await ReadAsync(request.Data, cancellationToken)).TryGet(out var opened, out var problems)) return Outcome<LabRun>.Refused(problems);
        var asked = opened.ToRequest(request.ToSettings(opened.Definition, 1));
        if (!CandidateCatalogue.Resolve(opened.Definition, asked.Settings).TryGet(out _, out problems)) return Outcome<LabRun>.Refused(problems);
        if (!LabRowsSplit.Of(asked).TryGet(out _, out problems)) return Outcome<LabRun>.Refused(problems);
        if (asked.Settings.Balance == "smote" && asked.Dataset.Weights is not null) return TrainingProblems.SmoteOfWeights(asked.Dataset.WeightColumn);
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var run = new LabRun
        {
            Id = id,
            Request = request,
            DataName = opened.Name,
            ScorecardId = opened.Definition.Id,
            CreatedBy = actor.Id,
            CreatedAt = now,
            JobId = Guid.CreateVersion7(now),
        };
        await store.AddAsync(run, Entry(actor, "training.started", run, ("data", opened.Manifest.Content.Hex), ("candidates", string.Join(",", request.Candidates))), cancellationToken);
        await EnqueueAsync(run, null, actor, cancellationToken);
        return run;
    }

    /// <summary>All runs, newest first; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<LabLine>>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        var registered = (await store.RegisteredAsync(cancellationToken)).ToLookup(one => one.RunId);
        var lines = new List<LabLine>();
        foreach (var run in await store.ListAsync(cancellationToken))
        {
            var state = run.Summary is not null ? JobState.Completed : (await jobs.FindAsync(run.JobId, cancellationToken))?.State;
            lines.Add(new LabLine(run, state, [.. registered[run.Id]]));
        }

        return lines;
    }

    /// <summary>A run with what stands beside it now; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<LabView>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        if (await store.FindAsync(id, cancellationToken) is not { } run) return LabProblems.Unknown(id);
        var registered = await store.RegisteredAsync(cancellationToken);
        return new LabView(run, await jobs.FindAsync(run.JobId, cancellationToken), await store.AcknowledgedAsync(id, cancellationToken), [.. registered.Where(one => one.RunId == id)]);
    }

    /// <summary>Opens a finished run; needs <see cref="Permission.ReadModels"/>. The last ones are kept open.</summary>
    public async Task<Outcome<LabStudy>> OpenAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        if (await store.FindAsync(id, cancellationToken) is not { } run) return LabProblems.Unknown(id);
        if (run.Summary is null) return LabProblems.NotDone;
        return await _studies.GetAsync(id, (_, stop) => StudyAsync(run, stop), null, null, cancellationToken);
    }

    /// <summary>Asks a run to stop; needs <see cref="Permission.BuildModels"/>. What tuning tried is kept.</summary>
    public async Task<Outcome<LabRun>> CancelAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (await store.FindAsync(id, cancellationToken) is not { } run) return LabProblems.Unknown(id);
        return (await jobs.CancelAsync(run.JobId, Entry(actor, "training.cancelled", run), cancellationToken)).Then<LabRun>(_ => run);
    }

    /// <summary>Goes on with a run that was cancelled or failed; needs <see cref="Permission.BuildModels"/>.</summary>
    public async Task<Outcome<LabRun>> ResumeAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (await store.FindAsync(id, cancellationToken) is not { } run) return LabProblems.Unknown(id);
        if (run.Summary is not null) return LabProblems.Ended;
        if (await jobs.FindAsync(run.JobId, cancellationToken) is { State: JobState.Queued or JobState.Running }) return LabProblems.StillRunning;
        var resumed = run with { JobId = Guid.CreateVersion7(clock.GetUtcNow()) };
        if (!await store.TakeJobAsync(id, run.JobId, resumed.JobId, Entry(actor, "training.resumed", run), cancellationToken)) return LabProblems.StillRunning;
        await EnqueueAsync(resumed, run.JobId, actor, cancellationToken);
        return resumed;
    }

    /// <summary>Takes responsibility for a leakage finding; needs <see cref="Permission.BuildModels"/> and a reason.</summary>
    public async Task<Outcome<LabAcknowledgement>> AcknowledgeAsync(Guid id, string column, string kind, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        reason = reason.Trim();
        if (reason.Length is < ShortestReason or > LongestReason) return LabProblems.Reason(ShortestReason);
        if (!(await OpenAsync(id, actor, cancellationToken)).TryGet(out var study, out var problems)) return Outcome<LabAcknowledgement>.Refused(problems);
        if (!study.Record.Findings.Values.Any(findings => findings.Any(finding => finding.Blocks && finding.Column == column && finding.Kind == kind))) return LabProblems.NoFinding(column, kind);
        var made = new LabAcknowledgement(id, column, kind, reason, actor.Id, clock.GetUtcNow());
        await store.AcknowledgeAsync(made, Entry(actor, "training.findingAcknowledged", study.Run, ("column", column), ("kind", kind), ("reason", reason)), cancellationToken);
        return made;
    }

    /// <summary>Registers a candidate as the next version of a name, in stage dev; needs <see cref="Permission.BuildModels"/> and every error
    /// acknowledged.</summary>
    public async Task<Outcome<RegisteredModel>> RegisterAsync(Guid id, string family, string name, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (!(await OpenAsync(id, actor, cancellationToken)).TryGet(out var study, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
        if (study.Of(family) is null) return LabProblems.UnknownFamily(family);
        var acknowledged = await store.AcknowledgedAsync(id, cancellationToken);
        if (study.OpenOf(family, acknowledged) is { Count: > 0 } open) return Outcome<RegisteredModel>.Refused([.. open.Select(finding => LabProblems.Open(finding.Column, finding.Kind))]);
        if (study.LastingOf(family) is { Count: > 0 } lasting) return Outcome<RegisteredModel>.Refused(lasting);
        var reading = PackageEncoding.Read(await store.PartAsync(id, LabParts.Package(family), cancellationToken) ?? []);
        if (!reading.TryGet(out var package, out problems)) return Outcome<RegisteredModel>.Refused(problems);
        var signed = package with { ReportJson = Signed(package.ReportJson, id, acknowledged) };
        if (!(await registry.RegisterAsync(name.Trim(), signed, actor, cancellationToken)).TryGet(out var model, out problems)) return Outcome<RegisteredModel>.Refused(problems);
        var line = new LabRegistration(id, family, model.Reference, actor.Id, clock.GetUtcNow());
        await store.RegisterAsync(line, Entry(actor, "training.candidateRegistered", study.Run, ("family", family), ("model", model.Reference)), cancellationToken);
        return model;
    }

    private Task<Outcome<LabRows>> ReadAsync(LabData data, CancellationToken cancellationToken) =>
        _rows.GetAsync(data.Text, (_, stop) => rows.OpenAsync(data, stop), outcome => outcome.Succeeded, null, cancellationToken);

    private async Task<LabStudy> StudyAsync(LabRun run, CancellationToken cancellationToken)
    {
        var record = await store.PartAsync(run.Id, LabParts.Record, cancellationToken);
        var judged = await store.PartAsync(run.Id, LabParts.Rows, cancellationToken);
        return new LabStudy(run, LabRecord.Of(record!), TrainingRecordFile.ReadRows(judged!).Value);
    }

    private Task<bool> EnqueueAsync(LabRun run, Guid? after, Actor actor, CancellationToken cancellationToken)
    {
        var job = new Job
        {
            Id = run.JobId,
            Kind = TrainingJob.JobKind,
            Title = run.Request.Title,
            PayloadJson = new TrainingJob.Payload(run.Id, after).Write(),
            CreatedBy = actor.Id,
            CreatedAt = clock.GetUtcNow(),
        };
        return jobs.EnqueueAsync(job, Entry(actor, "job.queued", run, ("kind", job.Kind), ("job", job.Id.ToString())), cancellationToken);
    }

    // The report in the package says who took responsibility for what, and which run it comes from.
    private static string Signed(string report, Guid run, IReadOnlyList<LabAcknowledgement> acknowledged)
    {
        var root = JsonNode.Parse(report)!.AsObject();
        foreach (var finding in root["leakage"]?.AsArray().OfType<JsonObject>() ?? [])
        {
            var signed = acknowledged.FirstOrDefault(one => one.Column == (string?)finding["column"] && one.Kind == (string?)finding["kind"]);
            if (signed is null) continue;
            finding["acknowledged"] = true;
            finding["acknowledgement"] = JsonSerializer.SerializeToNode(new { signed.Reason, signed.By, signed.At }, TrainingResultJson.Options);
        }

        root["run"] = run.ToString();
        root["registration"] = new JsonObject { ["refused"] = false, ["reasons"] = new JsonArray() };
        return root.ToJsonString(TrainingResultJson.Indented);
    }

    private static List<Problem> Faults(LabRequest request)
    {
        var problems = new List<Problem>();
        if (request.Title.Length is 0 or > LongestTitle) problems.Add(LabProblems.Title(LongestTitle));
        if (request.Folds is < 2 or > 20) problems.Add(LabProblems.Whole("folds", 2, 20));
        if (request.ConfidenceRefits is < 0 or > 200) problems.Add(LabProblems.Whole("confidenceRefits", 0, 200));
        if (request.BudgetSeconds is { } seconds && seconds is not (> 0 and <= MostSeconds)) problems.Add(LabProblems.Budget(MostSeconds));
        if (request.BudgetTrials is < 1 or > 1_000_000) problems.Add(LabProblems.Whole("budgetTrials", 1, 1_000_000));
        if (request.Data is { Kind: LabDataKind.Scorecard, Rows: < 100 or > 1_000_000 }) problems.Add(LabProblems.Whole("rows", 100, 1_000_000));
        if (request.Split.IsValid && request.Split.Test <= 0) problems.Add(LabProblems.Shares);
        return problems;
    }

    private static AuditDraft Entry(Actor actor, string kind, LabRun run, params (string Name, string Value)[] facts)
    {
        var payload = new Dictionary<string, string?> { ["title"] = run.Request.Title, ["seed"] = run.Request.Seed.ToString(CultureInfo.InvariantCulture) };
        foreach (var (name, value) in facts) payload[name] = value;
        return new AuditDraft(actor, kind, run.Id.ToString(), payload);
    }
}
