using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Letters that were issued, newest first, found by the end of an application's number.</summary>
public sealed partial class LettersPage
{
    private Actor? _actor;
    private IReadOnlyList<Problem> _problems = [];
    private IReadOnlyList<DataColumn<IssuedLetter>> _columns = [];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        var actor = await ActorAsync();
        _columns =
        [
            new("addressee", Texts.T("queue.applicant"), letter => $"{letter.Addressee} {letter.Number}") { Cell = letter => Addressee(letter, actor), PhoneOrder = 0 },
            new("subject", Texts.T("letters.subject"), letter => letter.Subject) { WideOnly = true },
            new("language", Texts.T("letters.language"), letter => Texts.T("language." + letter.Language)) { WideOnly = true },
            new("by", Texts.T("letters.by"), letter => letter.IssuedByName) { WideOnly = true },
            new("at", Texts.T("letters.at"), letter => Formats.Time(letter.IssuedAt, Zone)) { PhoneOrder = 1, NoWrap = true },
        ];
        _actor = actor;
    }

    private async Task<TablePage<IssuedLetter>> ReadAsync(TableQuery asked, CancellationToken cancellationToken)
    {
        var outcome = await Desk.ListAsync(asked.State.Search, asked.Skip / Math.Max(1, asked.Take) + 1, asked.Take, _actor!, cancellationToken);
        return outcome.TryGet(out var page, out _problems!) ? new TablePage<IssuedLetter>(page.Items, page.Total) : new TablePage<IssuedLetter>([], 0);
    }

    private static RenderFragment Addressee(IssuedLetter letter, Actor reader) => builder =>
    {
        var opens = reader.May(Permission.Decide) && reader.May(Permission.RevealPersonalData);
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", opens ? $"/applications/{letter.ApplicationId}/letter?letter={letter.Id}" : $"/applications/{letter.ApplicationId}/history");
        builder.AddContent(2, letter.Addressee);
        builder.CloseElement();
        builder.OpenElement(3, "small");
        builder.AddContent(4, letter.Number);
        builder.CloseElement();
    };
}
