using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CreditWorkbench.Web.Components.Charts;

/// <summary>A <c>text</c> element of SVG: Razor keeps that name for itself.</summary>
public sealed class SvgText : ComponentBase
{
    /// <summary>Attributes as in SVG.</summary>
    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? Attributes { get; set; }

    /// <summary>The text.</summary>
    [Parameter, EditorRequired] public RenderFragment ChildContent { get; set; } = null!;

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "text");
        builder.AddMultipleAttributes(1, Attributes!);
        builder.AddContent(2, ChildContent);
        builder.CloseElement();
    }
}
