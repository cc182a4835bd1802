namespace CreditWorkbench.Web.Components.Layout.Palette;

/// <summary>Something that a search found.</summary>
/// <param name="Group">Heading it stands under: key of <c>palette.GROUP</c>.</param>
/// <param name="Icon">Sign.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Detail">Number, state, or what it is; empty for pages.</param>
/// <param name="Href">Where it leads.</param>
public sealed record PaletteHit(string Group, string Icon, string Title, string Detail, string Href);
