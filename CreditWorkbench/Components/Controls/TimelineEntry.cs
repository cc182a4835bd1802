namespace CreditWorkbench.Web.Components.Controls;

/// <summary>One thing that happened.</summary>
/// <param name="At">When.</param>
/// <param name="Text">What, as a sentence.</param>
/// <param name="Note">A reference to where it is kept; null without one.</param>
public sealed record TimelineEntry(DateTimeOffset At, string Text, string? Note = null);
