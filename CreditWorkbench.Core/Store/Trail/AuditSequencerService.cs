using CreditWorkbench.Core.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CreditWorkbench.Core.Store.Trail;

/// <summary>Runs the sequencer while the host runs: shortly after each write of this process, and twice a second for the others.</summary>
internal sealed class AuditSequencerService(AuditSequencer sequencer, AuditSignal signal, TimeProvider time, ILogger<AuditSequencerService> log) : BackgroundService
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(50);

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await PassAsync(cancellationToken); // nothing waits over a planned stop
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await PassAsync(stoppingToken);
            using var idle = new CancellationTokenSource(Idle, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, idle.Token);
            await signal.WaitAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Gather, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task PassAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sequencer.SequenceAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return;
        }
        catch (Exception error) when (error is DbUpdateException || StoreFaults.AreIn(error))
        {
            log.LogWarning(error, "The audit trail could not be numbered; the next pass tries again.");
        }
    }
}
