namespace CreditWorkbench.Web.Components.Controls;

/// <summary>One tab of a case.</summary>
/// <param name="Text">What it shows.</param>
/// <param name="Href">Its address.</param>
/// <param name="Current">Whether it is open.</param>
public sealed record CaseTab(string Text, string Href, bool Current);
