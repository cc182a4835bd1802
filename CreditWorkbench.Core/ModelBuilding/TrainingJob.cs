using System.Text.Json;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Does training runs. Tuning goes on where a killed attempt or a cancelled job stopped; everything else is done again and comes out the same.</summary>
/// <param name="rows">Reads the rows.</param>
/// <param name="store">Keeps what comes out.</param>
/// <param name="jobs">Holds the checkpoint of a job that was cancelled before.</param>
/// <param name="clock">Measures time; the record does not depend on it.</param>
/// <param name="codeVersion">Version of the program.</param>
/// <param name="threads">Threads of one run; the record does not depend on them.</param>
public sealed class TrainingJob(ILabRows rows, ILabStore store, IJobStore jobs, TimeProvider clock, string codeVersion, int threads) : IJobHandler
{
    /// <summary>Kind of the jobs.</summary>
    public const string JobKind = "training";

    /// <inheritdoc/>
    public string Kind => JobKind;

    /// <inheritdoc/>
    public async Task<Outcome<string>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var payload = Payload.Read(job.PayloadJson);
        if (await store.FindAsync(payload.Run, cancellationToken) is not { } run) return LabProblems.Unknown(payload.Run);
        if (run.Summary is not null) return Done(run.Id);
        var checkpoint = job.Checkpoint ?? (payload.After is { } former ? (await jobs.FindAsync(former, cancellationToken))?.Checkpoint : null);
        if (!(await rows.OpenAsync(run.Request.Data, cancellationToken)).TryGet(out var opened, out var problems)) return Outcome<string>.Refused(problems);
        var told = new LabProgress(progress, LabCheckpoint.Read(checkpoint) with { Family = null, Compared = [] }, run.Request.Candidates.Count, run.Request.BudgetSeconds is not null);
        var request = opened.ToRequest(run.Request.ToSettings(opened.Definition, threads) with { TuningRecord = told, JudgesAll = true });
        if (!LabRowsSplit.Of(request).TryGet(out var parts, out problems)) return Outcome<string>.Refused(problems);
        var facts = Facts(opened, request, parts);
        await store.DescribeAsync(run.Id, facts, cancellationToken);
        if (!new TrainingLine(clock).Run(request, told, cancellationToken).TryGet(out var result, out problems)) return Outcome<string>.Refused(problems);
        var (summary, left) = Finish(run, facts, result, told, cancellationToken);
        await store.FinishAsync(run.Id, summary, left, cancellationToken);
        return Done(run.Id);
    }

    private static string Done(Guid run) => JsonSerializer.Serialize(new { run }, TrainingResultJson.Options);

    private LabFacts Facts(LabRows opened, TrainingRequest request, IReadOnlyList<LabPartRows> parts) => new(
        opened.Dataset.Rows, opened.Dataset.ClassCounts[request.PdClass], opened.Manifest.RejectedRows, opened.Definition.ModelFeatures.Count, parts,
        opened.Manifest.Content, opened.Definition.ScoringHash, codeVersion, opened.Definition.ModelFeatures.Count(feature => feature.Direction != 0))
    {
        Notes = [.. opened.Warnings.Select(warning => warning.ToString())],
    };

    private (LabSummary Summary, Dictionary<string, byte[]> Parts) Finish(LabRun run, LabFacts facts, TrainingResult result, LabProgress told, CancellationToken cancellation)
    {
        var (parts, refused) = (new Dictionary<string, byte[]>(), new Dictionary<string, IReadOnlyList<Problem>>());
        foreach (var (place, candidate) in result.Records.Index())
        {
            told.Pack(candidate.Family, place);
            var packed = Pack(LabRecord.Timeless(result).Choosing(candidate.Family).Value, told, cancellation);
            if (packed.TryGet(out var bytes, out var problems)) parts[LabParts.Package(candidate.Family)] = bytes;
            else refused[candidate.Family] = problems;
        }

        parts[LabParts.Record] = LabRecord.Of(run, facts, result, refused).ToBytes();
        parts[LabParts.Rows] = TrainingRecordFile.WriteRows(result.Rows);
        var hash = ContentHash.Of(parts[LabParts.Record]);
        return (new LabSummary([.. result.Records.Select(Line)], result.Winner.Family, hash, result.Seconds), parts);
    }

    // Leaks are a matter of people: a package is made all the same, and handed out once they are acknowledged.
    private Outcome<byte[]> Pack(TrainingResult result, LabProgress told, CancellationToken cancellation)
    {
        var lasting = result with { Refusals = [.. result.Refusals.Where(problem => problem.Code != TrainingProblems.LeakCode)] };
        return ModelPackager.Pack(lasting, codeVersion, told, cancellation).Then<byte[]>(package => PackageEncoding.Write(package));
    }

    private static LabCandidate Line(CandidateRecord candidate) => new()
    {
        Family = candidate.Family,
        ReasonsAreExact = candidate.ReasonsAreExact,
        Auc = candidate.Cv,
        Test = candidate.Test.Report,
        OutOfTime = candidate.OutOfTime?.Report,
        Seconds = candidate.Seconds,
    };

    /// <summary>What a job is told.</summary>
    /// <param name="Run">The run.</param>
    /// <param name="After">Job whose checkpoint it goes on from; null for none.</param>
    internal sealed record Payload(Guid Run, Guid? After)
    {
        public static Payload Read(string json) => JsonSerializer.Deserialize<Payload>(json, TrainingResultJson.Options)!;

        public string Write() => JsonSerializer.Serialize(this, TrainingResultJson.Options);
    }
}
