namespace CreditWorkbench.Core.Features;

/// <summary>Reads staged features as they were known at a time. Implemented by the feature store.</summary>
public interface IFeatureReader
{
    /// <summary>The newest values of an entity that were known at <paramref name="asOf"/>; never later ones.</summary>
    /// <param name="scorecard">Identity of the scorecard.</param>
    /// <param name="entity">Key of the entity.</param>
    /// <param name="asOf">Instant up to which values count.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Feature name to value, missing values as <see cref="CodedNaN"/>; null when nothing was known.</returns>
    Task<IReadOnlyDictionary<string, double>?> ReadAsync(string scorecard, string entity, DateTimeOffset asOf, CancellationToken cancellationToken);
}
