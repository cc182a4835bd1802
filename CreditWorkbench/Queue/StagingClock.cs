using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Web.Queue;

/// <summary>Asks for the nightly load of every scorecard with a delivery of its name. It only queues: whichever worker is free does it. A night that was
/// slept through is made up for at the next start.</summary>
public sealed class StagingClock(StagingJobs jobs, IScorecardCatalog scorecards, StagingSources sources, TimeProvider clock, ILogger<StagingClock> log) : BackgroundService
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(30);

    /// <summary>Queues what is due and not yet queued, on whichever node.</summary>
    public async Task<int> QueueDueAsync(CancellationToken cancellationToken)
    {
        if (!sources.Nightly || sources.Folders().Count == 0) return 0;
        var queued = 0;
        foreach (var definition in await scorecards.ListAsync(cancellationToken))
        {
            if (definition.Staging?.Schedule is not { } schedule || sources.PathOf(definition.Id) is not { } folder) continue;
            var due = LastDue(sources.DailyAt is { } time ? new StagingClock.Daily(time, TimeZoneInfo.Utc) : new StagingClock.Daily(schedule.DailyAt, TimeZoneInfo.FindSystemTimeZoneById(schedule.Zone)), clock.GetUtcNow());
            var work = new StagingWork(definition.Id, folder, DateOnly.FromDateTime(due.UtcDateTime), null, StagingTrigger.Schedule);
            if ((await jobs.AskAsync(work, IdentityOf(definition.Id, due), Actor.System, cancellationToken)).Succeeded) queued++;
        }

        return queued;
    }

    /// <summary>The last moment not after now at which a load is due.</summary>
    public static DateTimeOffset LastDue(Daily daily, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(daily);
        var local = TimeZoneInfo.ConvertTime(now, daily.Zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        if (TimeOnly.FromDateTime(local.DateTime) < daily.At) day = day.AddDays(-1);
        var moment = day.ToDateTime(daily.At);
        return new DateTimeOffset(moment, daily.Zone.GetUtcOffset(moment)).ToUniversalTime();
    }

    /// <summary>One identity per scorecard and moment, the same on every node: the job exists once.</summary>
    public static Guid IdentityOf(string scorecard, DateTimeOffset due)
    {
        var bytes = Guid.CreateVersion7(due).ToByteArray(bigEndian: true);
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes($"{StagingJobs.Kind}\0{scorecard}\0{due.UtcTicks}"));
        // Behind the time: version and variant bits stay, the rest is the digest's.
        for (var i = 6; i < bytes.Length; i++) bytes[i] = i switch { 6 => (byte)(0x70 | (digest[i] & 0x0F)), 8 => (byte)(0x80 | (digest[i] & 0x3F)), _ => digest[i] };
        return new Guid(bytes, bigEndian: true);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await QueueDueAsync(stoppingToken);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or TimeZoneNotFoundException || StoreFaults.AreIn(error))
            {
                log.LogWarning(error, "The nightly load could not be queued; the next look tries again.");
            }

            await Task.Delay(Look, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A time of day somewhere.</summary>
    /// <param name="At">Time of day.</param>
    /// <param name="Zone">Time zone.</param>
    public sealed record Daily(TimeOnly At, TimeZoneInfo Zone);
}
