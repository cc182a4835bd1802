using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components.Forms;

namespace CreditWorkbench.Web.Components.Pages.Build.Scorecards;

/// <summary>All dictionaries: version, hashes, what is in use, what is being drafted.</summary>
public sealed partial class ScorecardsPage
{
    private Actor? _actor;
    private IReadOnlyList<ShelvedScorecard>? _cards;
    private IReadOnlyList<DataColumn<ShelvedScorecard>> _columns = [];
    private IReadOnlyList<Problem> _problems = [];
    private bool _busy;

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _actor = await ActorAsync();
        _columns =
        [
            new("title", Texts.T("cards.scorecard"), card => $"{TitleOf(card)} {card.Id}") { SortBy = card => card.Id, Cell = NameCell, PhoneOrder = 0 },
            new("version", Texts.T("cards.version"), card => card.Current?.Version ?? Formats.Unknown) { SortBy = card => card.Current?.Version, PhoneOrder = 2 },
            new("inputs", Texts.T("cards.inputs"), card => card.Current is { } one ? Formats.Integer(one.Inputs.Count) : Formats.Unknown) { Numeric = true, SortBy = card => card.Current?.Inputs.Count, WideOnly = true },
            new("features", Texts.T("cards.features"), card => card.Current is { } one ? Formats.Integer(one.ModelFeatures.Count) : Formats.Unknown) { Numeric = true, SortBy = card => card.Current?.ModelFeatures.Count, WideOnly = true },
            new("scoring", Texts.T("cards.scoringHash"), card => card.Current is { } one ? one.ScoringHash.Short : Formats.Unknown) { WideOnly = true, NoWrap = true },
            new("presentation", Texts.T("cards.presentationHash"), card => card.Current is { } one ? one.PresentationHash.Short : Formats.Unknown) { WideOnly = true, NoWrap = true },
            new("model", Texts.T("cards.production"), card => card.Production?.Reference ?? Texts.T("cards.noModel")) { SortBy = card => card.Production?.Reference, PhoneOrder = 3 },
            new("state", Texts.T("cards.state"), StateText) { SortBy = StateText, Cell = StateCell, PhoneOrder = 1 },
        ];
        (await Desk.ListAsync(_actor, Leaving)).TryGet(out _cards, out _problems);
    }

    private async Task ImportAsync(InputFileChangeEventArgs change)
    {
        (_busy, _problems) = (true, []);
        try
        {
            if (change.File.Size > ScorecardReader.LongestFile)
            {
                _problems = [new Problem("scorecard.file.long", $"The file is longer than {ScorecardReader.LongestFile} characters.") { Field = Formats.Integer(ScorecardReader.LongestFile) }];
                return;
            }

            using var reader = new StreamReader(change.File.OpenReadStream(ScorecardReader.LongestFile));
            if ((await Desk.ImportAsync(await reader.ReadToEndAsync(Leaving), _actor!, Leaving)).TryGet(out var draft, out _problems)) Navigation.NavigateTo(CardAddress.Edit(draft.ScorecardId));
        }
        finally
        {
            _busy = false;
        }
    }

    private static string TitleOf(ShelvedScorecard card) => card.Current is { } definition ? Words.Of(definition.Title) : card.Id;

    private static string StateText(ShelvedScorecard card) => string.Join(", ", new[]
    {
        card.Current is null ? null : Texts.T("cards.inUse"), card.Draft is null ? null : Texts.T("cards.draft"),
    }.OfType<string>());
}
