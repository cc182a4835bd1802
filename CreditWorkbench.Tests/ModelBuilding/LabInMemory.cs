using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;

namespace CreditWorkbench.Tests.ModelBuilding;

/// <summary>Training runs in memory that keep the port's promises.</summary>
internal sealed class LabInMemory : ILabStore
{
    private readonly Dictionary<Guid, LabRun> _runs = [];
    private readonly List<LabAcknowledgement> _acknowledged = [];
    private readonly List<LabRegistration> _registered = [];

    public Dictionary<(Guid Run, string Name), byte[]> Parts { get; } = [];

    public List<AuditDraft> Audit { get; } = [];

    public Task AddAsync(LabRun run, AuditDraft audit, CancellationToken cancellationToken)
    {
        _runs.Add(run.Id, run);
        Audit.Add(audit);
        return Task.CompletedTask;
    }

    public Task<LabRun?> FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(_runs.GetValueOrDefault(id));

    public Task<IReadOnlyList<LabRun>> ListAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LabRun>>([.. _runs.Values.OrderByDescending(run => run.Id)]);

    public Task<bool> TakeJobAsync(Guid id, Guid former, Guid job, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (_runs[id].JobId != former) return Task.FromResult(false);
        _runs[id] = _runs[id] with { JobId = job };
        Audit.Add(audit);
        return Task.FromResult(true);
    }

    public Task DescribeAsync(Guid id, LabFacts facts, CancellationToken cancellationToken)
    {
        _runs[id] = _runs[id] with { Facts = facts };
        return Task.CompletedTask;
    }

    public Task FinishAsync(Guid id, LabSummary summary, IReadOnlyDictionary<string, byte[]> parts, CancellationToken cancellationToken)
    {
        if (_runs[id].Summary is not null) return Task.CompletedTask;
        _runs[id] = _runs[id] with { Summary = summary };
        foreach (var (name, bytes) in parts) Parts[(id, name)] = bytes;
        return Task.CompletedTask;
    }

    public Task<byte[]?> PartAsync(Guid runId, string name, CancellationToken cancellationToken) => Task.FromResult(Parts.GetValueOrDefault((runId, name)));

    public Task<IReadOnlyList<LabAcknowledgement>> AcknowledgedAsync(Guid runId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LabAcknowledgement>>([.. _acknowledged.Where(one => one.RunId == runId)]);

    public Task AcknowledgeAsync(LabAcknowledgement acknowledgement, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (_acknowledged.Any(one => (one.RunId, one.Column, one.Kind) == (acknowledgement.RunId, acknowledgement.Column, acknowledgement.Kind))) return Task.CompletedTask;
        _acknowledged.Add(acknowledgement);
        Audit.Add(audit);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<LabRegistration>> RegisteredAsync(CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<LabRegistration>>([.. _registered]);

    public Task RegisterAsync(LabRegistration registration, AuditDraft audit, CancellationToken cancellationToken)
    {
        _registered.Add(registration);
        Audit.Add(audit);
        return Task.CompletedTask;
    }
}

/// <summary>Made-up applicants in a file without a dictionary: the key says whether a column knows the outcome.</summary>
internal sealed class ApplicantRows : ILabRows
{
    public const int Count = 1_600;

    public static LabData Honest { get; } = new(LabDataKind.Dataset, "honest");

    public static LabData Leaking { get; } = new(LabDataKind.Dataset, "leaking");

    public int Opened { get; private set; }

    public Task<IReadOnlyList<LabSource>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<LabSource>>([new LabSource(Honest, "honest@1", Count, 400, ["income"]), new LabSource(Leaking, "leaking@1", Count, 400, ["income"])]);

    public async Task<Outcome<LabRows>> OpenAsync(LabData data, CancellationToken cancellationToken)
    {
        Opened++;
        var bytes = Encoding.UTF8.GetBytes(Csv(data.Key == "leaking", data.Key == "leaking" ? 2 * Count : Count));
        var inference = new InferenceOptions("applicants", "defaulted", ["1"]) { Id = "id", Sensitive = ["gender"], Segment = "job" };
        var opened = await new TrainingFile("applicants.csv") { Content = () => new MemoryStream(bytes), Inference = inference }.OpenAsync(TrainingSettings.Of, cancellationToken);
        return opened.Then<LabRows>(read => new LabRows(data.Key + "@1", read.Request.Definition, read.Request.Dataset, read.Request.Manifest, IsInferred: true));
    }

    /// <summary>Income, debt and job decide; the rest is chance.</summary>
    public static string Csv(bool leaking, int rows = Count)
    {
        var text = new StringBuilder(leaking ? "id,income,debt,job,gender,collections,defaulted\n" : "id,income,debt,job,gender,defaulted\n");
        var state = 42UL;
        double Next()
        {
            state = state * 6_364_136_223_846_793_005 + 1_442_695_040_888_963_407;
            return (state >> 11) / (double)(1UL << 53);
        }

        string[] jobs = ["clerk", "trader", "none"];
        for (var row = 0; row < rows; row++)
        {
            var (income, debt, job, gender) = (2 + 8 * Next(), Next(), (int)(3 * Next()), Next() < 0.5 ? "f" : "m");
            var risk = 1 / (1 + Math.Exp(-(-0.6 + 3.0 * debt - 0.5 * income + 0.7 * job)));
            var bad = Next() < risk ? 1 : 0;
            text.Append(CultureInfo.InvariantCulture, $"A{row},{income:F3},{debt:F4},{jobs[job]},{gender},");
            if (leaking) text.Append(CultureInfo.InvariantCulture, $"{bad + 1.4 * Next():F3},");
            text.Append(CultureInfo.InvariantCulture, $"{bad}\n");
        }

        return text.ToString();
    }
}

/// <summary>Jobs in memory: as much of the port as a desk and a handler need.</summary>
internal sealed class JobsInMemory : IJobStore
{
    public Dictionary<Guid, Job> Jobs { get; } = [];

    public Task<bool> EnqueueAsync(Job job, AuditDraft audit, CancellationToken cancellationToken) => Task.FromResult(Jobs.TryAdd(job.Id, job));

    public Task<Job?> FindAsync(Guid id, CancellationToken cancellationToken) => Task.FromResult(Jobs.GetValueOrDefault(id));

    public Task<Outcome<Job>> CancelAsync(Guid id, AuditDraft audit, CancellationToken cancellationToken)
    {
        Jobs[id] = Jobs[id] with { State = JobState.Cancelled, CancelRequested = true };
        return Task.FromResult<Outcome<Job>>(Jobs[id]);
    }

    public Task<Job?> LeaseThisAsync(Guid id, string owner, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Job?> LeaseAsync(string owner, IReadOnlyList<string> kinds, TimeSpan lease, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<(bool Held, bool CancelRequested)> ReportAsync(Guid id, long fencingToken, string phase, double progress, string? checkpoint, TimeSpan lease, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<bool> EndAsync(Guid id, long fencingToken, JobState state, string? resultJson, string? error, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Page<Job>> ListAsync(JobQuery query, int page, int pageSize, CancellationToken cancellationToken) => Task.FromResult(new Page<Job>([.. Jobs.Values], Jobs.Count));
}
