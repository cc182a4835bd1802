using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Players of a model without interactions: the sums of their columns' values.</summary>
internal sealed class SummedAttributor(IAttributor columns, Players players) : IAttributor
{
    /// <inheritdoc/>
    public AttributionMethod Method => columns.Method;

    /// <inheritdoc/>
    public Predictor Predictor => columns.Predictor;

    /// <inheritdoc/>
    public int BackgroundRows => columns.BackgroundRows;

    /// <inheritdoc/>
    public double Base => columns.Base;

    /// <inheritdoc/>
    public Outcome<Attribution> Explain(ReadOnlySpan<float> row) => columns.Explain(row).Then(each =>
        Additivity.CarryMargin(Method, each.Base, players.Sum(each.Contributions), each.Margin));
}
