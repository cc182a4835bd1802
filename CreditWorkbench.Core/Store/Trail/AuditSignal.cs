using System.Threading.Channels;

namespace CreditWorkbench.Core.Store.Trail;

/// <summary>Wakes the sequencer of this process when something was written; many signals in a row count once.</summary>
internal sealed class AuditSignal
{
    private readonly Channel<bool> _written = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Written() => _written.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellationToken) => await _written.Reader.ReadAsync(cancellationToken);
}
