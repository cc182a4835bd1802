using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Interaction values of many rows, each worked out on its own in double: right for every predictor that has an explainer.</summary>
/// <param name="explainer">Explains one row.</param>
internal sealed class InteractionsByRow(IInteractionExplainer explainer) : InteractionPortfolio
{
    /// <inheritdoc/>
    public override AttributionMethod Method => explainer.Method;

    /// <inheritdoc/>
    public override Predictor Predictor => explainer.Predictor;

    /// <inheritdoc/>
    public override int BackgroundRows => explainer.BackgroundRows;

    /// <inheritdoc/>
    public override string Engine => "row-by-row";

    /// <inheritdoc/>
    internal override double BaseMargin => explainer.Base;

    /// <inheritdoc/>
    internal override InteractionTile NewTile() => new Tile(explainer);

    private sealed class Tile(IInteractionExplainer explainer) : InteractionTile
    {
        private readonly float[] _row = new float[explainer.Predictor.FeatureCount];

        public override Problem? Explain(FeatureMatrix rows, int first, Span<float> values, Span<double> margins)
        {
            var size = _row.Length * _row.Length;
            for (var i = 0; i < margins.Length; i++)
            {
                rows.CopyRow(first + i, _row);
                if (!explainer.Explain(_row).TryGet(out var found, out var problems)) return problems[0] with { Row = first + i + 1L };
                margins[i] = found.Margin;
                for (var value = 0; value < size; value++) values[i * size + value] = (float)found.Values[value];
            }

            return null;
        }
    }
}
