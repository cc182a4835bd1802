using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>A portfolio of a blend: the members' portfolios, weighted.</summary>
/// <param name="blend">What is explained.</param>
/// <param name="members">One per member, all of one method and background.</param>
internal sealed class BlendPortfolio(BlendPredictor blend, PortfolioExplainer[] members) : PortfolioExplainer
{
    /// <inheritdoc/>
    public override AttributionMethod Method => members[0].Method;

    /// <inheritdoc/>
    public override Predictor Predictor => blend;

    /// <inheritdoc/>
    public override int BackgroundRows => members[0].BackgroundRows;

    /// <inheritdoc/>
    public override string Engine { get; } = $"blend({string.Join(", ", members.Select(member => member.Engine))})";

    /// <inheritdoc/>
    internal override double BaseMargin { get; } = BlendAttributor.BaseOf(blend, [.. members.Select(member => member.BaseMargin)]);

    /// <inheritdoc/>
    internal override TileExplainer NewTile() => new Tile(blend, members);

    private sealed class Tile(BlendPredictor blend, PortfolioExplainer[] members) : TileExplainer
    {
        private readonly TileExplainer[] _tiles = [.. members.Select(member => member.NewTile())];
        private readonly float[] _ofMember = new float[MaxRows * blend.FeatureCount];
        private readonly double[] _margins = new double[MaxRows];

        public override Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins)
        {
            contributions.Clear();
            var ofMember = _ofMember.AsSpan(0, contributions.Length);
            for (var member = 0; member < _tiles.Length; member++)
            {
                if (_tiles[member].Explain(rows, first, ofMember, _margins.AsSpan(0, margins.Length)) is { } problem) return problem;
                var share = (float)(blend.Members[member].Weight * blend.Members[member].Slope);
                for (var i = 0; i < contributions.Length; i++) contributions[i] += share * ofMember[i];
            }

            blend.TileQuantities(rows, first, Quantities.AsSpan(0, margins.Length));
            Quantities.AsSpan(0, margins.Length).CopyTo(margins);
            return null;
        }
    }
}
