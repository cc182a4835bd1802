using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Cells that lists of cases share.</summary>
public static class CaseCells
{
    /// <summary>Name, linked to a tab of the case, with the number below.</summary>
    /// <param name="tab">Path of the tab behind the application's; empty for its data.</param>
    public static RenderFragment<CaseSummary> Applicant(string tab) => row => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", $"/applications/{row.Application.Id}{tab}");
        builder.AddContent(2, row.ApplicantName);
        builder.CloseElement();
        builder.OpenElement(3, "small");
        builder.AddContent(4, row.Application.Number);
        builder.CloseElement();
    };

    /// <summary>Amount in major units with its currency.</summary>
    public static string Amount(CaseSummary row) => row.Application.Amount is { } amount ? Formats.Money(amount.Major, amount.Currency) : "";
}
