namespace CreditWorkbench.Web.Components.Charts;

/// <summary>A figure over time: panels one above the other with one time axis, because two measures never share a value axis.</summary>
/// <param name="Labels">Name of each step, in order; every panel has one value per step.</param>
/// <param name="Panels">At most three panels.</param>
public sealed record TrendFigure(IReadOnlyList<string> Labels, IReadOnlyList<TrendPanel> Panels);

/// <summary>One measure over time.</summary>
/// <param name="Name">Stands at the end of the line.</param>
/// <param name="Values">A share per step, in [0, 1]; null where there is nothing to measure.</param>
/// <param name="Decimals">Decimals of the per cent axis.</param>
/// <param name="Dashed">Drawn dashed, with square markers.</param>
public sealed record TrendPanel(string Name, IReadOnlyList<double?> Values, int Decimals, bool Dashed);
