using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;

namespace CreditWorkbench.Web.Components.Controls;

/// <summary>A sentence whose weighty words stand between double asterisks.</summary>
public sealed class Rich : ComponentBase
{
    /// <summary>The sentence; pairs of <c>**</c> enclose what is set bold.</summary>
    [Parameter, EditorRequired] public string Text { get; set; } = "";

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        var parts = Text.Split("**");
        for (var i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 0) builder.AddContent(0, parts[i]);
            else
            {
                builder.OpenElement(1, "b");
                builder.AddContent(2, parts[i]);
                builder.CloseElement();
            }
        }
    }
}
