using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Interaction values of many rows of a blend: the sum of its members', each by its own path.</summary>
internal sealed class BlendInteractionPortfolio : InteractionPortfolio
{
    private readonly BlendPredictor _blend;
    private readonly InteractionPortfolio[] _members;

    /// <summary>Joins the members' portfolios.</summary>
    /// <param name="blend">What is explained.</param>
    /// <param name="members">One per member, all of one method and background.</param>
    public BlendInteractionPortfolio(BlendPredictor blend, InteractionPortfolio[] members)
    {
        (_blend, _members) = (blend, members);
        for (var i = 0; i < members.Length; i++)
            BaseMargin += blend.Members[i].Weight * (blend.Members[i].Slope * members[i].BaseMargin + blend.Members[i].Intercept);
    }

    /// <inheritdoc/>
    public override AttributionMethod Method => _members[0].Method;

    /// <inheritdoc/>
    public override Predictor Predictor => _blend;

    /// <inheritdoc/>
    public override int BackgroundRows => _members[0].BackgroundRows;

    /// <inheritdoc/>
    public override string Engine => string.Join(" + ", _members.Select(member => member.Engine).Distinct());

    /// <inheritdoc/>
    internal override double BaseMargin { get; }

    /// <inheritdoc/>
    internal override InteractionTile NewTile() => new Tile(_blend, [.. _members.Select(member => member.NewTile())]);

    private sealed class Tile(BlendPredictor blend, InteractionTile[] members) : InteractionTile
    {
        private float[] _values = [];

        public override Problem? Explain(FeatureMatrix rows, int first, Span<float> values, Span<double> margins)
        {
            if (_values.Length < values.Length) _values = new float[values.Length];
            values.Clear();
            for (var member = 0; member < members.Length; member++)
            {
                var own = _values.AsSpan(0, values.Length);
                if (members[member].Explain(rows, first, own, margins) is { } problem) return problem;
                var share = (float)(blend.Members[member].Weight * blend.Members[member].Slope);
                for (var i = 0; i < values.Length; i++) values[i] += share * own[i];
            }

            blend.TileQuantities(rows, first, margins);
            return null;
        }
    }
}
