using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A portfolio of an additive model, column by column.</summary>
/// <param name="attributor">Knows the mean terms.</param>
/// <param name="players">Columns that play as one; null: each for itself.</param>
internal sealed class AdditivePortfolio(AdditiveAttributor attributor, Players? players = null) : PortfolioExplainer
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
    internal override TileExplainer NewTile() => new Tile(attributor, players);

    private sealed class Tile(AdditiveAttributor attributor, Players? players) : TileExplainer
    {
        public override Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins)
        {
            var features = attributor.Predictor.FeatureCount;
            var width = players?.Count ?? features;
            attributor.Predictor.TileQuantities(rows, first, Quantities.AsSpan(0, margins.Length));
            Quantities.AsSpan(0, margins.Length).CopyTo(margins);
            contributions.Clear();
            for (var feature = 0; feature < features; feature++)
            {
                var player = players?.Of(feature) ?? feature;
                var values = rows.Column(feature).Slice(first, margins.Length);
                for (var row = 0; row < values.Length; row++) contributions[row * width + player] += (float)attributor.ContributionOf(feature, values[row]);
            }

            return null;
        }
    }
}
