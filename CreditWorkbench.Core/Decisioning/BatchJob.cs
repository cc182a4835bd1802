using System.Security.Cryptography;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Does batches. Rows are scored in parts, each of which is there whole or not at all; whoever takes the job up again goes on behind the last one,
/// under the same release, and ends with the same bytes.</summary>
/// <param name="batches">Rows.</param>
/// <param name="files">Bytes.</param>
/// <param name="lines">Releases.</param>
/// <param name="ending">How they end.</param>
/// <param name="work">How it works.</param>
public sealed class BatchJob(IBatchStore batches, IBatchFiles files, ServingLines lines, BatchEnding ending, BatchWork work) : IJobHandler
{
    /// <inheritdoc/>
    public string Kind => BatchDesk.JobKind;

    /// <inheritdoc/>
    public async Task<Outcome<string>> RunAsync(Job job, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        if (await batches.FindAsync(job.Id, cancellationToken) is not { } batch) return BatchProblems.NotFound;
        if (batch.EndedAt is not null)
        {
            await ending.TellAsync(batch, cancellationToken);
            return "{}";
        }

        await batches.StartAsync(batch.Id, work.Clock.GetUtcNow(), cancellationToken);
        try
        {
            return await ScoreAsync(batch, progress, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            if (await work.IsCancelledAsync(job.Id)) await ending.CancelledAsync(batch, CancellationToken.None);
            throw;
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or InvalidDataException or CryptographicException)
        {
            return await FailAsync(batch, BatchCounts.None, new Problem("batch.disk", "The files of the batch cannot be read or written.") { Remedy = "Ask an admin to check the data directory and its free space, then send the batch again." });
        }
    }

    private async Task<Outcome<string>> ScoreAsync(Batch batch, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        var done = BatchCounts.Of(await files.PartsAsync(batch.Id, cancellationToken));
        if (!files.HasResults(batch.Id))
        {
            if (!(await lines.ByHashAsync(batch.Release, cancellationToken)).TryGet(out var line, out var problems)
                || !BatchSheet.Open(lines, line, batch.IdColumn, batch.Explanation).TryGet(out var sheet, out problems)) return await FailAsync(batch, done, problems[0]);
            (done, var refused) = await WriteAsync(batch, sheet, progress, cancellationToken);
            if (refused is not null) return await FailAsync(batch, done, refused);
            files.Publish(batch.Id);
        }

        var challenged = (await files.PartsAsync(batch.Id, cancellationToken)).SelectMany(part => part.Challenged ?? new Dictionary<string, long>())
            .GroupBy(part => part.Key).ToDictionary(release => new ContentHash(release.Key), release => release.Sum(part => part.Value));
        await ending.CompletedAsync(batch, done, challenged, await HashAsync(batch.Id, cancellationToken), cancellationToken);
        return "{}";
    }

    private async Task<(BatchCounts Done, Problem? Refused)> WriteAsync(Batch batch, BatchSheet sheet, IProgress<JobProgress> progress, CancellationToken cancellationToken)
    {
        await using var input = files.OpenInput(batch.Id);
        if (!(await sheet.OpenRunAsync(input, work.Threads, cancellationToken)).TryGet(out var opened, out var problems)) return (BatchCounts.None, problems[0]);
        await using var rows = opened.Rows;
        var length = Math.Max(1.0, input.Length);
        var parts = new BatchParts(files, batch.Id, await files.PartsAsync(batch.Id, cancellationToken), opened.Run.HeaderLine, work.PartRows);
        var refused = await opened.Run.RunAsync(
            async (block, stop) =>
            {
                await parts.AddAsync(block, stop);
                progress.Report(new JobProgress("scoring", input.Position / length, parts.Counts.Write()));
                return null;
            },
            parts.Counts.Rows, cancellationToken);
        if (refused is null && parts.Counts.Rows == 0) refused = ScoreRun.NoRows;
        if (refused is null) await parts.FlushAsync(cancellationToken);
        return (parts.Counts, refused);
    }

    private async Task<Outcome<string>> FailAsync(Batch batch, BatchCounts counts, Problem problem)
    {
        await ending.FailedAsync(batch, counts, problem.ToString(), CancellationToken.None);
        return problem;
    }

    private async Task<ContentHash> HashAsync(Guid id, CancellationToken cancellationToken)
    {
        await using var results = files.OpenResults(id)!;
        return new ContentHash(Convert.ToHexStringLower(await SHA256.HashDataAsync(results, cancellationToken)));
    }
}
