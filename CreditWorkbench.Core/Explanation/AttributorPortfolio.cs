using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A portfolio explained row by row with an exact attributor: right for every predictor that has one, and the slowest way.</summary>
/// <param name="attributor">Explains one row.</param>
/// <param name="engine">Name of the path.</param>
internal sealed class AttributorPortfolio(IAttributor attributor, string engine) : PortfolioExplainer
{
    /// <inheritdoc/>
    public override AttributionMethod Method => attributor.Method;

    /// <inheritdoc/>
    public override Predictor Predictor => attributor.Predictor;

    /// <inheritdoc/>
    public override int BackgroundRows => attributor.BackgroundRows;

    /// <inheritdoc/>
    public override string Engine => engine;

    /// <inheritdoc/>
    internal override double BaseMargin => attributor.Base;

    /// <inheritdoc/>
    internal override TileExplainer NewTile() => new Tile(attributor);

    private sealed class Tile(IAttributor attributor) : TileExplainer
    {
        private readonly float[] _row = new float[attributor.Predictor.FeatureCount];

        public override Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins)
        {
            for (var i = 0; i < margins.Length; i++)
            {
                rows.CopyRow(first + i, _row);
                if (!attributor.Explain(_row).TryGet(out var attribution, out var problems)) return problems[0] with { Row = first + i + 1L };
                margins[i] = attribution.Margin;
                Quantities[i] = attributor.Predictor.Quantity(_row);
                var to = contributions.Slice(i * _row.Length, _row.Length);
                for (var feature = 0; feature < to.Length; feature++) to[feature] = (float)attribution.Contributions[feature];
            }

            return null;
        }
    }
}
