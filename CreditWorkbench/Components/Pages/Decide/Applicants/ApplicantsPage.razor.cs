using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide.Applicants;

/// <summary>Applicants, newest first, masked; found by whole words only, because what is stored of them is encrypted.</summary>
public sealed partial class ApplicantsPage
{
    private const int PageSize = 25;
    private Actor? _actor;
    private IReadOnlyList<Applicant>? _rows;
    private IReadOnlyList<Problem> _problems = [];
    private int _total;
    private string _typed = "";
    private string? _shown;

    [SupplyParameterFromQuery] private string? Q { get; set; }

    [SupplyParameterFromQuery] private int? Page { get; set; }

    [Inject] private ApplicantReader Reader { get; set; } = null!;

    private int PageNow => Math.Max(1, Page ?? 1);

    private IReadOnlyList<DataColumn<Applicant>> Columns =>
    [
        new("name", Texts.T("data.name"), row => NameOf(row)) { Cell = Link, SortBy = row => row.Name },
        new("kind", Texts.T("who.kind"), row => Words.Of(row.Kind)) { SortBy = row => row.Kind, PhoneOrder = 2 },
        new("email", Texts.T("signIn.email"), row => row.Email) { WideOnly = true },
        new("phone", Texts.T("data.phone"), row => row.Phone.Length > 0 ? row.Phone : Formats.Unknown) { WideOnly = true },
        new("created", Texts.T("people.registered"), row => Formats.Time(row.CreatedAt, Zone)) { SortBy = row => row.CreatedAt, PhoneOrder = 1 },
    ];

    private static RenderFragment<Applicant> Link => row => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", $"/applicants/{row.Id}");
        builder.AddContent(2, NameOf(row));
        builder.CloseElement();
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var asked = $"{Q}|{PageNow}";
        if (asked == _shown) return;
        (_shown, _typed) = (asked, Q ?? "");
        _actor ??= await ActorAsync();
        if ((await Reader.ListAsync(Q, PageNow, PageSize, _actor, Leaving)).TryGet(out var page, out var problems)) (_rows, _total, _problems) = (page.Items, page.Total, []);
        else (_rows, _total, _problems) = ([], 0, problems);
    }

    private static string NameOf(Applicant applicant) => applicant.ErasedAt is null ? applicant.Name : Texts.T("people.erased");

    private void Search() => Navigation.NavigateTo(_typed.Trim().Length == 0 ? "/applicants" : "/applicants?q=" + Uri.EscapeDataString(_typed.Trim()));

    private string Address(int page) => Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["page"] = page > 1 ? page : null });
}
