using Bunit;
using CreditWorkbench.Web.Components.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>A bug of one page does not take the screen down.</summary>
public sealed class BoundaryTests : BunitContext
{
    private readonly InCulture _culture = new("en");

    [Fact]
    public void Page_ThatFails_IsToldUnderAReferenceAndCanBeTriedAgain()
    {
        Services.AddLogging();
        var fault = new Fault();
        var boundary = Render<WorkbenchErrorBoundary>(p => p.AddChildContent<Fragile>(child => child.Add(f => f.Fault, fault)));

        Assert.Matches("X-[2-9A-Z]{6}", boundary.Find("main").TextContent);
        Assert.NotEmpty(boundary.FindAll("[role=alert], h2, b"));
        fault.IsMended = true;
        boundary.FindAll("button").First(button => !button.HasAttribute("data-copy")).Click();

        Assert.Equal("fine", boundary.Find("p.fragile").TextContent);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _culture.Dispose();
        base.Dispose(disposing);
    }

    private sealed class Fault
    {
        public bool IsMended { get; set; }
    }

    private sealed class Fragile : ComponentBase
    {
        [Parameter] public Fault Fault { get; set; } = null!;

        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            if (!Fault.IsMended) throw new InvalidOperationException("A bug.");
            builder.OpenElement(0, "p");
            builder.AddAttribute(1, "class", "fragile");
            builder.AddContent(2, "fine");
            builder.CloseElement();
        }
    }
}
