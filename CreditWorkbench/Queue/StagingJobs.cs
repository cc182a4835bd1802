using System.Text.Json;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Web.Queue;

/// <summary>What a job of staging is to do.</summary>
/// <param name="Scorecard">Scorecard of the store.</param>
/// <param name="Folder">Folder with the files.</param>
/// <param name="LoadDay">Day of loading.</param>
/// <param name="AsOf">As-of date of every row; null for each row's own.</param>
/// <param name="Trigger">What asked.</param>
public sealed record StagingWork(string Scorecard, string Folder, DateOnly LoadDay, DateOnly? AsOf, StagingTrigger Trigger);

/// <summary>Where runs of staging are asked for.</summary>
public sealed class StagingJobs(IJobDesk jobs, IScorecardCatalog scorecards, StagingSources sources, TimeProvider clock)
{
    /// <summary>Kind of the jobs.</summary>
    public const string Kind = "etl";

    /// <summary>Names of the deliveries that a person may choose from.</summary>
    public IReadOnlyList<string> Deliveries() => sources.Folders();

    /// <summary>Asks for a run over one of the <see cref="Deliveries"/>.</summary>
    public async Task<Outcome<Job>> AskAsync(string scorecard, string delivery, DateOnly? asOf, Actor actor, CancellationToken cancellationToken) =>
        sources.PathOf(delivery) is { } folder
            ? await AskAsync(Work(scorecard, folder, asOf, StagingTrigger.Demand), null, actor, cancellationToken)
            : new Problem("staging.delivery.unknown", $"There is no delivery {delivery}.") { Field = "folder", Remedy = $"Put the files into a subfolder of {sources.Root}." };

    /// <summary>Asks for a run.</summary>
    /// <param name="work">What to do.</param>
    /// <param name="id">Identity, where the same run must not be asked for twice; null for a new one.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; <c>scorecard.notFound</c>, <c>staging.absent</c>, <c>permission.missing</c>.</returns>
    public async Task<Outcome<Job>> AskAsync(StagingWork work, Guid? id, Actor actor, CancellationToken cancellationToken)
    {
        if (await scorecards.FindAsync(work.Scorecard, cancellationToken) is not { } definition)
            return new Problem("scorecard.notFound", $"There is no scorecard {work.Scorecard}.") { Field = "scorecard", Remedy = "See the list of scorecards." };
        if (definition.Staging is null) return new Problem("staging.absent", $"The scorecard {work.Scorecard} has no tables.") { Field = "scorecard", Remedy = "Choose a scorecard with a section staging." };
        var request = new JobRequest(Kind, $"{work.Scorecard}: {Path.GetFileName(Path.TrimEndingDirectorySeparator(work.Folder))}", JsonSerializer.Serialize(work), Permission.BuildModels) { Id = id };
        return await jobs.EnqueueAsync(request, actor, cancellationToken);
    }

    /// <summary>A run of today.</summary>
    public StagingWork Work(string scorecard, string folder, DateOnly? asOf, StagingTrigger trigger) =>
        new(scorecard, folder, DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime), asOf, trigger);
}
