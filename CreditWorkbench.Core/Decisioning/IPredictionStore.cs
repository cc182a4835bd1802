using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Where stateless predictions are written before their answer goes out.</summary>
public interface IPredictionLog
{
    /// <summary>Keeps a record: when the call returns without a problem, it survives the death of the process.</summary>
    /// <returns>Null, or <c>predictions.unavailable</c>: then nothing was kept and there must be no answer.</returns>
    ValueTask<Problem?> KeepAsync(Prediction prediction);

    /// <summary>Keeps many records, all or none of them acknowledged.</summary>
    ValueTask<Problem?> KeepAsync(IReadOnlyList<Prediction> predictions);
}

/// <summary>Reads stateless predictions, those that are only in the log as well.</summary>
public interface IPredictionStore
{
    /// <summary>One record; null when unknown.</summary>
    Task<Prediction?> FindAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>Records of a client with its own reference, newest first; those of the last seconds may be missing.</summary>
    Task<IReadOnlyList<Prediction>> WithReferenceAsync(Guid clientId, string reference, CancellationToken cancellationToken);
}
