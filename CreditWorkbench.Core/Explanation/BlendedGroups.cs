using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Players of a blend: the members' values, weighted as their margins are. Exact, because the blend is linear in them.</summary>
internal sealed class BlendedGroups(BlendPredictor blend, IReadOnlyList<IAttributor> members) : IAttributor
{
    /// <inheritdoc/>
    public AttributionMethod Method => members[0].Method;

    /// <inheritdoc/>
    public Predictor Predictor => blend;

    /// <inheritdoc/>
    public int BackgroundRows => members[0].BackgroundRows;

    /// <inheritdoc/>
    public double Base { get; } = blend.Members.Zip(members).Sum(pair => pair.First.Weight * (pair.First.Slope * pair.Second.Base + pair.First.Intercept));

    /// <inheritdoc/>
    public Outcome<Attribution> Explain(ReadOnlySpan<float> row)
    {
        double[]? blended = null;
        for (var m = 0; m < members.Count; m++)
        {
            if (!members[m].Explain(row).TryGet(out var attribution, out var problems)) return Outcome<Attribution>.Refused(problems);
            blended ??= new double[attribution.Contributions.Length];
            var factor = blend.Members[m].Weight * blend.Members[m].Slope;
            for (var i = 0; i < blended.Length; i++) blended[i] += factor * attribution.Contributions[i];
        }

        return Additivity.CarryMargin(Method, Base, blended!, blend.Margin(row));
    }
}
