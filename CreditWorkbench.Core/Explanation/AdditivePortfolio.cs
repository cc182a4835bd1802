using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A portfolio of an additive model, column by column.</summary>
/// <param name="attributor">Knows the mean terms.</param>
internal sealed class AdditivePortfolio(AdditiveAttributor attributor) : PortfolioExplainer
{
    /// <inheritdoc/>
    public override AttributionMethod Method => attributor.Method;

    /// <inheritdoc/>
    public override Predictor Predictor => attributor.Predictor;

    /// <inheritdoc/>
    public override int BackgroundRows => attributor.BackgroundRows;

    /// <inheritdoc/>
    public override string Engine => "additive-terms";

    /// <inheritdoc/>
    internal override double BaseMargin => attributor.Base;

    /// <inheritdoc/>
    internal override TileExplainer NewTile() => new Tile(attributor);

    private sealed class Tile(AdditiveAttributor attributor) : TileExplainer
    {
        public override Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins)
        {
            attributor.Predictor.TileQuantities(rows, first, margins);
            var features = attributor.Predictor.FeatureCount;
            for (var feature = 0; feature < features; feature++)
            {
                var values = rows.Column(feature).Slice(first, margins.Length);
                for (var row = 0; row < values.Length; row++) contributions[row * features + feature] = (float)attributor.ContributionOf(feature, values[row]);
            }

            return null;
        }
    }
}
