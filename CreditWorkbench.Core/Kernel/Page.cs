namespace CreditWorkbench.Core.Kernel;

/// <summary>One page of a longer list.</summary>
/// <param name="Items">Items of this page.</param>
/// <param name="Total">Items on all pages.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, int Total);
