using System.Runtime.CompilerServices;
using System.Text.Json;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>Says which bins stateless predictions fall into, so that drift can be told long after their records were removed.</summary>
public interface IPredictionBins
{
    /// <summary>The bins of a prediction: one per column of the model, and one of its score; none where its release cannot be opened any more.</summary>
    ValueTask<IReadOnlyList<BinHit>> OfAsync(Prediction prediction, CancellationToken cancellationToken);
}

/// <summary>Bins by the release that answered.</summary>
/// <param name="lines">Releases.</param>
public sealed class PredictionBins(ServingLines lines) : IPredictionBins
{
    private readonly ConditionalWeakTable<ScorecardDefinition, RecordValidator> _validators = [];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<BinHit>> OfAsync(Prediction prediction, CancellationToken cancellationToken)
    {
        if (!(await lines.ByHashAsync(prediction.Release.Hash, cancellationToken)).TryGet(out var line, out _)) return [];
        using var values = JsonDocument.Parse(prediction.Values);
        var validator = _validators.GetValue(line.Release.Definition, static definition => new RecordValidator(definition));
        return InputRecordJson.Read(validator, values.RootElement, RecordReading.Stored).TryGet(out var record, out _) ? line.Bins(record, prediction.Issued) : [];
    }
}
