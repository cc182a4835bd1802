using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A portfolio explained against background rows where pattern tables would be too large: leaf by leaf a cube of all outcomes of
/// its path, thrown away before the next. Each tile of rows costs O(leaves x (k 2^k + background)), each row O(leaves x k), k = distinct
/// features on a path; nothing resident grows with the depth.</summary>
/// <param name="forest">The ensemble and the background.</param>
/// <param name="players">Columns that play as one; null: each for itself.</param>
internal sealed class CubePortfolio(CubeForest forest, Players? players) : PortfolioExplainer
{
    /// <summary>The explainer of an ensemble.</summary>
    /// <returns>Null where the predictor is none, or <see cref="CubeForest.TryBuild"/> refuses it.</returns>
    /// <exception cref="ArgumentException">The background does not fit.</exception>
    public static PortfolioExplainer? TryBuild(Predictor predictor, FeatureMatrix background, ExplanationLimits? limits, Players? players = null) =>
        predictor is TreeEnsemble ensemble && CubeForest.TryBuild(ensemble, background, (limits ?? ExplanationLimits.Default).TableBytes) is { } forest
            ? new CubePortfolio(forest, players) : null;

    /// <inheritdoc/>
    public override AttributionMethod Method => AttributionMethod.Interventional;

    /// <inheritdoc/>
    public override Predictor Predictor => forest.Ensemble;

    /// <inheritdoc/>
    public override int BackgroundRows => forest.BackgroundRows;

    /// <inheritdoc/>
    public override string Engine => "leaf-cubes";

    /// <inheritdoc/>
    internal override double BaseMargin => forest.Ensemble.Link.ToMargin(forest.BaseQuantity);

    /// <inheritdoc/>
    internal override TileExplainer NewTile() => new CubeTile(forest, players);
}
