namespace CreditWorkbench.Core.Explanation;

/// <summary>An attribution carried to points: basePoints + sum(points) + rounding + clip = issued.</summary>
/// <param name="Attribution">Base and contributions in margin units.</param>
/// <param name="BasePoints">Points of the base.</param>
/// <param name="Points">Points per feature, shape [features]; positive raises the score.</param>
/// <param name="Rounding">Points that rounding adds, within half a point.</param>
/// <param name="Clip">Points that the clip to the scale's limits adds.</param>
/// <param name="Issued">The issued integer.</param>
public sealed record Waterfall(Attribution Attribution, double BasePoints, double[] Points, double Rounding, double Clip, int Issued);
