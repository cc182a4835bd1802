using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Where files of rows are handed in for scoring, watched, called off and fetched. Whoever handed one in sees it; who looks after jobs sees that it is there and how
/// far it is, and may call it off, but sees neither rows nor results; to everybody else it does not exist.</summary>
/// <param name="batches">Rows.</param>
/// <param name="files">Bytes.</param>
/// <param name="jobs">Who does them.</param>
/// <param name="lines">The release in production.</param>
/// <param name="ending">How they end without having been done.</param>
public sealed class BatchDesk(IBatchStore batches, IBatchFiles files, IJobDesk jobs, ServingLines lines, BatchEnding ending)
{
    /// <summary>Kind of the job; its identity is the batch's.</summary>
    public const string JobKind = "batch";

    /// <summary>Batches of one caller that wait or run at the same time, at most.</summary>
    public const int MostOpen = 20;

    private const int LongestColumn = 200;

    /// <summary>Takes a file in; needs <see cref="Permission.ScoreStateless"/>. The release that is in production now scores every row but those that a canary draws.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="content">Rows as CSV or NDJSON, plain or as gz; read to its end.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="now">When.</param>
    /// <param name="cancellationToken">Cancels; nothing is kept then.</param>
    /// <returns>The batch, queued; or <c>scorecard.notFound</c>, <c>model.none</c>, <c>legalBasis.missing</c>, <c>background.missing</c>, <c>column.missing</c>,
    /// <c>field.personal</c>, faults of the file.</returns>
    public async Task<Outcome<Batch>> TakeAsync(BatchRequest request, Stream content, Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ScoreStateless) is { } refusal) return refusal;
        if (!LegalBases.Of(request.LegalBasis, request.UsualBasis).TryGet(out var basis, out var problems)) return Outcome<Batch>.Refused(problems);
        if (request.IdColumn is { Length: > LongestColumn or 0 }) return new Problem("field.tooLong", $"The id column has 1 to {LongestColumn} characters.") { Field = "id" };
        if (!(await lines.InProductionAsync(request.ScorecardId, cancellationToken)).TryGet(out var line, out problems)) return Outcome<Batch>.Refused(problems);
        if (!BatchSheet.Open(lines, line, request.IdColumn, request.Explanation).TryGet(out var sheet, out problems)) return Outcome<Batch>.Refused(problems);
        if ((await batches.ListAsync(actor.Id, 1, MostOpen, cancellationToken)).Items.Count(batch => batch.EndedAt is null) >= MostOpen) return BatchProblems.TooMany(MostOpen);

        var id = Guid.CreateVersion7(now);
        var kept = false;
        try
        {
            if (!(await files.TakeAsync(id, content, cancellationToken)).TryGet(out var input, out problems)) return Outcome<Batch>.Refused(problems);
            if (!(await sheet.FormatOfAsync(files.OpenInput(id), cancellationToken)).TryGet(out var format, out problems)) return Outcome<Batch>.Refused(problems);
            var batch = New(id, request, basis, line, format, input, actor, now);
            await batches.AddAsync(batch, cancellationToken);
            kept = true;
            var job = new JobRequest(JobKind, $"{request.ScorecardId}: {input.Bytes} bytes", "{}", Permission.ScoreStateless) { Id = id };
            return (await jobs.EnqueueAsync(job, actor, CancellationToken.None)).Then<Batch>(_ => batch);
        }
        finally
        {
            if (!kept) files.Remove(id);
        }
    }

    /// <summary>One batch as it stands now; <c>batch.notFound</c> for others' ones.</summary>
    public async Task<Outcome<Batch>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        await batches.FindAsync(id, cancellationToken) is { } batch && batch.OwnerId == actor.Id ? await NowAsync(batch, actor, cancellationToken) : BatchProblems.NotFound;

    /// <summary>The caller's own batches, newest first.</summary>
    public async Task<Page<Batch>> ListAsync(int page, int pageSize, Actor actor, CancellationToken cancellationToken)
    {
        var found = await batches.ListAsync(actor.Id, page, pageSize, cancellationToken);
        var now = new List<Batch>(found.Items.Count);
        foreach (var batch in found.Items) now.Add(await NowAsync(batch, actor, cancellationToken));
        return new Page<Batch>(now, found.Total);
    }

    /// <summary>Everybody's batches, newest first; needs <see cref="Permission.ManageJobs"/>. Others' rows are not told.</summary>
    public async Task<Outcome<Page<Batch>>> ListAllAsync(int page, int pageSize, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageJobs) is { } refusal) return refusal;
        var found = await batches.ListAsync(null, page, pageSize, cancellationToken);
        var now = new List<Batch>(found.Items.Count);
        foreach (var batch in found.Items) now.Add(Shown(await NowAsync(batch, actor, cancellationToken), actor));
        return new Page<Batch>(now, found.Total);
    }

    /// <summary>Calls a batch off: the caller's own, or anybody's with <see cref="Permission.ManageJobs"/>; <c>job.ended</c> when it has ended.</summary>
    public async Task<Outcome<Batch>> CancelAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(id, cancellationToken) is not { } batch || (batch.OwnerId != actor.Id && !actor.May(Permission.ManageJobs))) return BatchProblems.NotFound;
        if (batch.EndedAt is not null) return new Problem("job.ended", "The batch has already ended.");
        if (!(await jobs.CancelAsync(id, actor, cancellationToken)).TryGet(out var job, out var problems)) return Outcome<Batch>.Refused(problems);
        if (job.State == JobState.Cancelled) await ending.CancelledAsync(batch, cancellationToken);
        return Shown(await NowAsync((await batches.FindAsync(id, cancellationToken))!, actor, cancellationToken), actor);
    }

    /// <summary>The results; <c>batch.running.state</c> before the end. The caller disposes them.</summary>
    public async Task<Outcome<BatchResults>> OpenResultsAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(id, actor, cancellationToken)).TryGet(out var batch, out var problems)) return Outcome<BatchResults>.Refused(problems);
        if (batch.EndedAt is null) return BatchProblems.NotEnded;
        if (batch.State != BatchState.Completed) return BatchProblems.NoResults(batch);
        if (batch.RemovedAt is not null || files.OpenResults(id) is not { } results) return BatchProblems.Removed;
        return new BatchResults(batch, results);
    }

    // What a row says belongs to whoever handed it in.
    private static Batch Shown(Batch batch, Actor actor) => batch.OwnerId == actor.Id ? batch : batch with { Errors = [] };

    // While it lives, the job knows best.
    private async Task<Batch> NowAsync(Batch batch, Actor actor, CancellationToken cancellationToken)
    {
        if (batch.EndedAt is not null || await jobs.FindAsync(batch.Id, actor, cancellationToken) is not { } job) return batch;
        var counts = BatchCounts.Read(job.Checkpoint);
        return batch with
        {
            State = job.State == JobState.Queued ? BatchState.Queued : BatchState.Running,
            Share = job.Progress,
            Rows = counts.Rows,
            Rejected = counts.Rejected,
            Errors = counts.Errors,
        };
    }

    private static Batch New(Guid id, BatchRequest request, string basis, ServingLine line, BatchFormat format, BatchInput input, Actor actor, DateTimeOffset now) => new()
    {
        Id = id,
        OwnerId = actor.Id,
        ScorecardId = request.ScorecardId,
        Release = line.Release.Model.ReleaseHash,
        Model = line.Release.Model.Reference,
        Format = format,
        Explanation = request.Explanation,
        IdColumn = request.IdColumn,
        LegalBasis = basis,
        InputHash = input.Hash,
        InputBytes = input.Bytes,
        CreatedAt = now,
    };
}
