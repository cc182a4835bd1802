using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Shapley values of a blend: each member's, in margin units, times its weight and slope. Exact where the members' are: the
/// blend is their weighted sum.</summary>
internal sealed class BlendAttributor : IAttributor
{
    private readonly BlendPredictor _blend;
    private readonly IAttributor[] _members;
    private readonly double[] _shares;

    /// <summary>Joins the members' attributors.</summary>
    /// <param name="blend">What is explained.</param>
    /// <param name="members">One per member, all of one method, background and players.</param>
    public BlendAttributor(BlendPredictor blend, IAttributor[] members)
    {
        (_blend, _members) = (blend, members);
        _shares = [.. blend.Members.Select(member => member.Weight * member.Slope)];
    }

    /// <inheritdoc/>
    public AttributionMethod Method => _members[0].Method;

    /// <inheritdoc/>
    public Predictor Predictor => _blend;

    /// <inheritdoc/>
    public int BackgroundRows => _members[0].BackgroundRows;

    /// <inheritdoc/>
    public double Base => BaseOf(_blend, [.. _members.Select(member => member.Base)]);

    /// <summary>The blend's base from its members'.</summary>
    public static double BaseOf(BlendPredictor blend, double[] bases)
    {
        var sum = 0.0;
        for (var i = 0; i < bases.Length; i++) sum += blend.Members[i].Weight * (blend.Members[i].Slope * bases[i] + blend.Members[i].Intercept);
        return sum;
    }

    /// <inheritdoc/>
    public Outcome<Attribution> Explain(ReadOnlySpan<float> row)
    {
        double[]? contributions = null;
        for (var member = 0; member < _members.Length; member++)
        {
            if (!_members[member].Explain(row).TryGet(out var attribution, out var problems)) return Outcome<Attribution>.Refused(problems);
            contributions ??= new double[attribution.Contributions.Length];
            for (var i = 0; i < contributions.Length; i++) contributions[i] += _shares[member] * attribution.Contributions[i];
        }

        return Additivity.Carry(Method, _blend, Base, contributions!, _blend.Quantity(row))
            .Then<Attribution>(attribution => attribution with { IsSampled = !_blend.ReasonsAreExact });
    }
}
