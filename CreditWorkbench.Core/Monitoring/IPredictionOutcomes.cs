using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Stateless predictions as what outcomes are reported about.</summary>
public interface IPredictionOutcomes
{
    /// <summary>A prediction; null when unknown, or not the actor's.</summary>
    Task<OutcomeSubject?> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken);

    /// <summary>The actor's newest prediction with its own reference; null without.</summary>
    Task<OutcomeSubject?> FindAsync(string reference, Actor actor, CancellationToken cancellationToken);
}
