using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A portfolio explained by quadrature with rows in lanes, in float32: path-dependent values of trees whose pattern tables
/// would be too large, or whose features have more split points than a byte tells apart. O(nodes x depth / 2) per row.</summary>
/// <param name="forest">The ensemble.</param>
/// <param name="width">Rows per vector; the widest but in tests.</param>
internal sealed class QuadraturePortfolio(QuadratureForest forest, LaneWidth width) : PortfolioExplainer
{
    /// <summary>The explainer of an ensemble.</summary>
    /// <returns>Null where the predictor is none, or <see cref="QuadratureForest.TryBuild"/> refuses it.</returns>
    public static PortfolioExplainer? TryBuild(Predictor predictor) =>
        predictor is TreeEnsemble ensemble && QuadratureForest.TryBuild(ensemble) is { } forest ? new QuadraturePortfolio(forest, LaneWidths.Widest) : null;

    /// <inheritdoc/>
    public override AttributionMethod Method => AttributionMethod.PathDependent;

    /// <inheritdoc/>
    public override Predictor Predictor => forest.Ensemble;

    /// <inheritdoc/>
    public override int BackgroundRows => 0;

    /// <inheritdoc/>
    public override string Engine => $"quadrature/{(int)width}-rows";

    /// <inheritdoc/>
    internal override double BaseMargin => forest.Ensemble.Link.ToMargin(forest.BaseQuantity);

    /// <inheritdoc/>
    internal override TileExplainer NewTile() => new Tile(forest, width);

    private sealed class Tile(QuadratureForest forest, LaneWidth width) : TileExplainer
    {
        private readonly QuadratureWalker _walker = new(forest, width);

        public override Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins)
        {
            var ensemble = forest.Ensemble;
            var quantities = Quantities.AsSpan(0, margins.Length);
            ensemble.TileQuantities(rows, first, quantities);
            for (var start = 0; start < margins.Length; start += _walker.TileRows)
            {
                var count = Math.Min(_walker.TileRows, margins.Length - start);
                _walker.Run(rows, first + start, count);
                for (var row = 0; row < count; row++)
                {
                    var quantity = quantities[start + row];
                    margins[start + row] = ensemble.Link.ToMargin(quantity);
                    var scale = (float)(ensemble.LeafWeight * ensemble.Link.SecantFactor(quantity, forest.BaseQuantity));
                    var to = contributions.Slice((start + row) * ensemble.FeatureCount, ensemble.FeatureCount);
                    var sums = _walker.Sums(row);
                    for (var feature = 0; feature < to.Length; feature++) to[feature] = sums[feature * _walker.Stride] * scale;
                }
            }

            return null;
        }
    }
}
