namespace CreditWorkbench.Web.Components.Charts;

/// <summary>One factor in words with its points.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Points">Unrounded points; positive raises the score.</param>
public sealed record FactorFigure(string Text, double Points);
