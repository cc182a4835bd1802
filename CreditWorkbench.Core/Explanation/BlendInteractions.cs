using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Interaction values of a blend: each member's, in margin units, times its weight and slope.</summary>
internal sealed class BlendInteractions : IInteractionExplainer
{
    private readonly BlendPredictor _blend;
    private readonly IInteractionExplainer[] _members;
    private readonly double[] _shares;

    /// <summary>Joins the members' explainers.</summary>
    /// <param name="blend">What is explained.</param>
    /// <param name="members">One per member, all of one method and background.</param>
    public BlendInteractions(BlendPredictor blend, IInteractionExplainer[] members)
    {
        (_blend, _members) = (blend, members);
        _shares = [.. blend.Members.Select(member => member.Weight * member.Slope)];
        for (var i = 0; i < members.Length; i++) Base += _shares[i] * members[i].Base + blend.Members[i].Weight * blend.Members[i].Intercept;
    }

    /// <inheritdoc/>
    public AttributionMethod Method => _members[0].Method;

    /// <inheritdoc/>
    public Predictor Predictor => _blend;

    /// <inheritdoc/>
    public int BackgroundRows => _members[0].BackgroundRows;

    /// <inheritdoc/>
    public double Base { get; }

    /// <inheritdoc/>
    public Outcome<InteractionValues> Explain(ReadOnlySpan<float> row)
    {
        var values = new double[_blend.FeatureCount * _blend.FeatureCount];
        for (var member = 0; member < _members.Length; member++)
        {
            if (!_members[member].Explain(row).TryGet(out var found, out var problems)) return Outcome<InteractionValues>.Refused(problems);
            for (var i = 0; i < values.Length; i++) values[i] += _shares[member] * found.Values[i];
        }

        var margin = _blend.Margin(row);
        var gap = margin - Additivity.Sum(Base, values);
        var size = Math.Max(Math.Abs(margin), 1e-3);
        return Math.Abs(gap) <= Additivity.Tolerance * size ? new InteractionValues(Method, Base, values, margin) : Additivity.NotAdditive(gap);
    }
}
