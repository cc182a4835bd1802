namespace CreditWorkbench.Web.Components.Controls;

/// <summary>One step of the way to the present page.</summary>
/// <param name="Text">What it is called.</param>
/// <param name="Href">Where it leads; null for the present page.</param>
public sealed record Crumb(string Text, string? Href = null);
