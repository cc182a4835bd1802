namespace CreditWorkbench.Core.Datasets;

/// <summary>One fold of a cross-validation: row indices, each rising.</summary>
/// <param name="Train">Rows to fit everything on.</param>
/// <param name="Held">Rows to judge on.</param>
public sealed record DataFold(int[] Train, int[] Held);
