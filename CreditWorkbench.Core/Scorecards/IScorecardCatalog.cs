namespace CreditWorkbench.Core.Scorecards;

/// <summary>The current dictionaries, parsed and checked.</summary>
public interface IScorecardCatalog
{
    /// <summary>The current dictionary of a scorecard; null when unknown.</summary>
    ValueTask<ScorecardDefinition?> FindAsync(string scorecardId, CancellationToken cancellationToken);

    /// <summary>All current dictionaries, by id.</summary>
    ValueTask<IReadOnlyList<ScorecardDefinition>> ListAsync(CancellationToken cancellationToken);
}
