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
    private Actor? _actor;
    private IReadOnlyList<Problem> _problems = [];

    [SupplyParameterFromQuery] private string? Q { get; set; }

    [SupplyParameterFromQuery] private int? Page { get; set; }

    [SupplyParameterFromQuery] private string? Sort { get; set; }

    [SupplyParameterFromQuery] private bool Desc { get; set; }

    [Inject] private ApplicantReader Reader { get; set; } = null!;

    private TableState Held => new(Q ?? "", Sort, Desc, Math.Max(1, Page ?? 1));

    private IReadOnlyList<DataColumn<Applicant>> Columns =>
    [
        new("name", Texts.T("data.name"), row => NameOf(row)) { Cell = Link },
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
    protected override async Task OnInitializedAsync() => _actor = await ActorAsync();

    private async Task<TablePage<Applicant>> ReadAsync(TableQuery asked, CancellationToken cancellationToken)
    {
        var query = new ApplicantQuery(asked.State.Search)
        {
            Order = asked.State.Sort == "kind" ? ListOrder.Kind : ListOrder.Created,
            Ascending = asked.State.Sort is not null && !asked.State.Descending,
            Page = asked.Skip / Math.Max(1, asked.Take) + 1,
            PageSize = asked.Take,
        };
        return (await Reader.ListAsync(query, _actor!, cancellationToken)).TryGet(out var page, out _problems!) ? new TablePage<Applicant>(page.Items, page.Total) : new TablePage<Applicant>([], 0);
    }

    private static string NameOf(Applicant applicant) => applicant.ErasedAt is null ? applicant.Name : Texts.T("people.erased");

    private void Hold(TableState state) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["q"] = state.Search.Length > 0 ? state.Search : null,
        ["sort"] = state.Sort,
        ["desc"] = state.Descending ? true : null,
        ["page"] = state.Page > 1 ? state.Page : null,
    }), replace: true);
}
