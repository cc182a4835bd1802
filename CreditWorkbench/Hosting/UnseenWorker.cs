using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Scores decided cases by the sides of a rollout that did not decide, after the answer and on one thread, and stores what was counted
/// at most a second old.</summary>
public sealed class UnseenWorker(RolloutRecorder recorder, UnseenScoring scoring, IRolloutEvidence evidence, TimeProvider clock, ILogger<UnseenWorker> log) : BackgroundService
{
    private const int MostAtOnce = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (await PassAsync(cancellationToken)) { } // what was taken down before a planned stop is kept
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Pause, clock);
        do
        {
            while (await PassAsync(stoppingToken)) { }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    // Whether more is waiting.
    private async Task<bool> PassAsync(CancellationToken cancellationToken)
    {
        var pairs = new List<RolloutPair>();
        for (var taken = 0; taken < MostAtOnce && recorder.Waiting.TryRead(out var unseen); taken++) pairs.AddRange(scoring.Compare(unseen));
        var tallies = recorder.Fetch();
        try
        {
            await evidence.AddAsync(tallies, pairs, cancellationToken);
            return recorder.Waiting.Count > 0;
        }
        catch (Exception error) when (StoreFaults.AreIn(error))
        {
            log.LogWarning(error, "Counts of rollouts could not be stored and are tried again; {Pairs} pairs are lost.", pairs.Count);
            recorder.Return(tallies);
            return false;
        }
    }
}
