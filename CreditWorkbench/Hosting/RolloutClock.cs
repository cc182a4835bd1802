using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Monitoring;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Looks after rollouts every ten seconds, on the one node that holds the lease.</summary>
public sealed class RolloutClock(IWatchLease lease, RolloutWatch watch, TimeProvider clock, ILogger<RolloutClock> log) : BackgroundService
{
    private const string Name = "rollout-watch";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Held = TimeSpan.FromSeconds(60);
    private readonly string _owner = $"{Environment.MachineName}:{Environment.ProcessId}:{Guid.NewGuid():n}";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false)) await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (!await lease.TakeAsync(Name, _owner, Held, cancellationToken)) return;
            foreach (var rollout in await watch.CheckAsync(cancellationToken))
                log.LogWarning("The rollout of {Challenger} beside {Champion} is {State}: {Note}", rollout.Challenger, rollout.Champion, rollout.State, rollout.Note);
        }
        catch (Exception error) when (StoreFaults.AreIn(error))
        {
            log.LogWarning(error, "Rollouts could not be looked after; the next look tries again.");
        }
    }
}
