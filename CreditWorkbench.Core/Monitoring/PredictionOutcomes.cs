using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>Finds stateless predictions for outcomes. Who made a prediction reports on it; whoever builds models may, when the prediction
/// is named by its identity.</summary>
public sealed class PredictionOutcomes(IPredictionStore predictions) : IPredictionOutcomes
{
    /// <inheritdoc/>
    public async Task<OutcomeSubject?> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken) =>
        await predictions.FindAsync(id, cancellationToken) is { } found && (found.ClientId == actor.Id || (actor.Kind != ActorKind.Client && actor.May(Permission.BuildModels))) ? Of(found) : null;

    /// <inheritdoc/>
    public async Task<OutcomeSubject?> FindAsync(string reference, Actor actor, CancellationToken cancellationToken) =>
        await predictions.WithReferenceAsync(actor.Id, reference, cancellationToken) is [var newest, ..] ? Of(newest) : null;

    private static OutcomeSubject Of(Prediction found) => new(
        OutcomeKind.Prediction, found.Id, null, found.Release.ScorecardId, found.Release.Hash, found.Release.Model, found.At, BitConverter.Int64BitsToDouble(found.MarginBits), found.Issued, found.Pd);
}
