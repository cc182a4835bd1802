using CreditWorkbench.Web.Components.Controls;
using Microsoft.AspNetCore.Components.Rendering;

namespace CreditWorkbench.Web.Components.Pages.Run;

/// <summary>Cells of tables that are more than text.</summary>
internal static class Cells
{
    /// <summary>A link to the row's own page.</summary>
    public static void Link(RenderTreeBuilder builder, string href, string text)
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", href);
        builder.AddContent(2, text);
        builder.CloseElement();
    }

    /// <summary>A state.</summary>
    public static void Badge(RenderTreeBuilder builder, Tone tone, string text)
    {
        builder.OpenComponent<Badge>(0);
        builder.AddAttribute(1, nameof(Controls.Badge.Tone), tone);
        builder.AddAttribute(2, nameof(Controls.Badge.Text), text);
        builder.CloseComponent();
    }
}
