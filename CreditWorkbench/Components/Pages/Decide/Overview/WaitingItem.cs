using CreditWorkbench.Web.Components.Controls;

namespace CreditWorkbench.Web.Components.Pages.Decide.Overview;

/// <summary>Work that waits for the reader, in one line.</summary>
/// <param name="Icon">Sign.</param>
/// <param name="Tone">How pressing.</param>
/// <param name="Title">What, with its count.</param>
/// <param name="Text">What to do, or the latest of it.</param>
/// <param name="Href">Where it is done.</param>
public sealed record WaitingItem(string Icon, Tone Tone, string Title, string Text, string Href);
