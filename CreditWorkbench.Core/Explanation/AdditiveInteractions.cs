using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Interaction values of an additive model: its contributions on the diagonal, nothing beside it.</summary>
/// <param name="attributor">Attributor of an <see cref="AdditivePredictor"/>.</param>
internal sealed class AdditiveInteractions(IAttributor attributor) : IInteractionExplainer
{
    /// <inheritdoc/>
    public AttributionMethod Method => attributor.Method;

    /// <inheritdoc/>
    public Predictor Predictor => attributor.Predictor;

    /// <inheritdoc/>
    public int BackgroundRows => attributor.BackgroundRows;

    /// <inheritdoc/>
    public double Base => attributor.Base;

    /// <inheritdoc/>
    public Outcome<InteractionValues> Explain(ReadOnlySpan<float> row)
    {
        if (!attributor.Explain(row).TryGet(out var attribution, out var problems)) return Outcome<InteractionValues>.Refused(problems);
        var features = attribution.Contributions.Length;
        var values = new double[features * features];
        for (var i = 0; i < features; i++) values[i * features + i] = attribution.Contributions[i];
        return new InteractionValues(Method, attribution.Base, values, attribution.Margin);
    }
}
