using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Path-dependent interaction values of many rows by quadrature with rows in lanes: the walk of <see cref="QuadratureTree"/> with
/// pairs. O(nodes x depth^2 / 2) per row, no tables.</summary>
/// <param name="forest">An ensemble laid out with pairs.</param>
/// <param name="width">Rows per vector; the widest but in tests.</param>
internal sealed class QuadratureInteractions(QuadratureForest forest, LaneWidth width) : InteractionPortfolio
{
    /// <summary>The explainer of an ensemble.</summary>
    /// <returns>Null where the predictor is none, or <see cref="QuadratureForest.TryBuild"/> refuses it.</returns>
    public static InteractionPortfolio? TryBuild(Predictor predictor) =>
        predictor is TreeEnsemble ensemble && QuadratureForest.TryBuild(ensemble, withPairs: true) is { } forest
            ? new QuadratureInteractions(forest, LaneWidths.Widest) : null;

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
    internal override InteractionTile NewTile() => new Tile(forest, width);

    private sealed class Tile(QuadratureForest forest, LaneWidth width) : InteractionTile
    {
        private readonly QuadratureWalker _walker = new(forest, width);
        private readonly (int First, int Second)[] _pairs = forest.Pairs?.ToArray() ?? throw new ArgumentException("The ensemble is laid out without pairs.", nameof(forest));

        public override Problem? Explain(FeatureMatrix rows, int first, Span<float> values, Span<double> margins)
        {
            var (ensemble, size) = (forest.Ensemble, values.Length / margins.Length);
            ensemble.TileQuantities(rows, first, margins);
            for (var start = 0; start < margins.Length; start += _walker.TileRows)
            {
                var count = Math.Min(_walker.TileRows, margins.Length - start);
                _walker.Run(rows, first + start, count);
                for (var row = 0; row < count; row++)
                {
                    var scale = ensemble.LeafWeight * ensemble.Link.SecantFactor(margins[start + row], forest.BaseQuantity);
                    margins[start + row] = ensemble.Link.ToMargin(margins[start + row]);
                    SetMatrix(row, (float)scale, values.Slice((start + row) * size, size));
                }
            }

            return null;
        }

        private void SetMatrix(int row, float scale, Span<float> matrix)
        {
            var (features, stride) = (forest.Ensemble.FeatureCount, _walker.Stride);
            var sums = _walker.Sums(row);
            var pairSums = _walker.PairSums(row);
            matrix.Clear();
            for (var i = 0; i < features; i++) matrix[i * features + i] = sums[i * stride] * scale;
            for (var pair = 0; pair < _pairs.Length; pair++)
            {
                var (i, j) = _pairs[pair];
                var value = pairSums[pair * stride] * scale * 0.5f;
                matrix[i * features + j] = matrix[j * features + i] = value;
                matrix[i * features + i] -= value;
                matrix[j * features + j] -= value;
            }
        }
    }
}
