namespace CreditWorkbench.Core.Decisioning;

/// <summary>Removes stateless predictions whose time is over. What monitoring counted of them stays, and so does the trail.</summary>
public interface IPredictionRetention
{
    /// <summary>Removes predictions that were kept before a moment, with one entry in the trail, as many at a time as one transaction bears.</summary>
    /// <returns>How many went; 0 when nothing is left to remove.</returns>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
