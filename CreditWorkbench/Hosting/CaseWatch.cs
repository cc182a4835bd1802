using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Review;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Hears of cases that other nodes changed: asks the store every two seconds and tells the pages of this node. One question per
/// node, however many pages are open.</summary>
public sealed class CaseWatch(ICaseQueue queue, CaseFeed feed, TimeProvider clock, ILogger<CaseWatch> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // Clocks of nodes differ a little, and a row is seen only once its transaction ends: each look reaches back further than the last one ended.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(30);

    // What this node knows: the version of each case that changed lately, and when it heard of it.
    private readonly Dictionary<Guid, (int Version, DateTimeOffset HeardAt)> _told = [];

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var ear = feed.Listen(change => Remember(change));
        using var timer = new PeriodicTimer(Pause, clock);
        var since = clock.GetUtcNow();
        await LookAsync(since - Overlap, tell: false, stoppingToken);
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false))
        {
            var now = clock.GetUtcNow();
            if (!await LookAsync(since - Overlap, tell: true, stoppingToken)) continue;
            since = now;
            Forget(since - 2 * Overlap);
        }
    }

    private async Task<bool> LookAsync(DateTimeOffset since, bool tell, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var change in await queue.ChangedSinceAsync(since, cancellationToken))
            {
                if (Remember(change) && tell) feed.Tell(change);
            }

            return true;
        }
        catch (Exception error) when (StoreFaults.AreIn(error))
        {
            log.LogWarning(error, "The queue could not be watched; the next look tries again.");
            return false;
        }
    }

    // Whether this version is news.
    private bool Remember(CaseChange change)
    {
        lock (_told)
        {
            if (_told.TryGetValue(change.CaseId, out var known) && known.Version >= change.Version) return false;
            _told[change.CaseId] = (change.Version, clock.GetUtcNow());
            return true;
        }
    }

    // No look reaches back so far any more.
    private void Forget(DateTimeOffset before)
    {
        lock (_told)
        {
            foreach (var (id, known) in _told)
            {
                if (known.HeardAt < before) _told.Remove(id);
            }
        }
    }
}
