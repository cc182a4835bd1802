using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Components.Web;

namespace CreditWorkbench.Web.Components.Layout;

/// <summary>Keeps a bug of one page or card from taking the whole screen down: logs it under a reference that the reader can pass on.</summary>
public sealed class WorkbenchErrorBoundary : ErrorBoundaryBase
{
    private string _reference = "";

    [Inject] private ILogger<WorkbenchErrorBoundary> Log { get; set; } = null!;

    /// <inheritdoc/>
    protected override Task OnErrorAsync(Exception exception)
    {
        _reference = ErrorReference.New();
        Log.LogError(exception, "A page failed, reference {Reference}.", _reference);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        if (CurrentException is null)
        {
            builder.AddContent(0, ChildContent);
            return;
        }
        builder.OpenElement(1, "main");
        builder.AddAttribute(2, "id", "main");
        builder.AddAttribute(3, "class", "page");
        builder.OpenElement(4, "div");
        builder.AddAttribute(5, "class", "card");
        builder.OpenComponent<ErrorState>(6);
        builder.AddComponentParameter(7, nameof(ErrorState.Title), Texts.T("error.title"));
        builder.AddComponentParameter(8, nameof(ErrorState.Text), Texts.T("error.text"));
        builder.AddComponentParameter(9, nameof(ErrorState.Reference), _reference);
        builder.AddComponentParameter(10, nameof(ErrorState.OnRetry), EventCallback.Factory.Create(this, Recover));
        builder.CloseComponent();
        builder.CloseElement();
        builder.CloseElement();
    }
}
