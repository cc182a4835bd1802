namespace CreditWorkbench.Core.Monitoring;

/// <summary>Says which node does a thing that only one does at a time.</summary>
public interface IWatchLease
{
    /// <summary>Takes a lease, or renews it.</summary>
    /// <param name="name">What is done, at most 64 characters.</param>
    /// <param name="owner">This node.</param>
    /// <param name="duration">How long it is held.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether this node holds it.</returns>
    Task<bool> TakeAsync(string name, string owner, TimeSpan duration, CancellationToken cancellationToken);
}
