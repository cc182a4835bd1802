using CreditWorkbench.Core.Staging;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Run.Staging;

/// <summary>Versions of feature sets and how current the latest of each scorecard is.</summary>
public sealed partial class FeatureSetsPage
{
    private IReadOnlyList<FeatureSet>? _sets;
    private IReadOnlyList<FeatureSet> _latest = [];
    private IReadOnlyList<DataColumn<FeatureSet>> _columns = [];
    private string? _problem;

    /// <summary>Only the versions of this scorecard.</summary>
    [SupplyParameterFromQuery] private string? Scorecard { get; set; }

    private IReadOnlyList<FeatureSet> Shown => Scorecard is null ? _sets! : [.. _sets!.Where(set => set.ScorecardId == Scorecard)];

    /// <inheritdoc/>
    protected override async Task OnInitializedAsync()
    {
        _columns =
        [
            new("scorecard", Texts.T("queue.scorecard"), set => set.ScorecardId) { SortBy = set => set.ScorecardId, Filter = ColumnFilterKind.Choice },
            new("version", Texts.T("features.version"), set => Formats.Integer(set.Version)) { SortBy = set => set.Version, Numeric = true, PhoneOrder = 1, Cell = set => builder => Cells.Link(builder, $"/staging/{set.Id}", Formats.Integer(set.Version)) },
            new("published", Texts.T("features.published"), set => Formats.Time(set.PublishedAt, Zone)) { SortBy = set => set.PublishedAt, NoWrap = true, PhoneOrder = 2 },
            new("rows", Texts.T("staging.rows"), set => Formats.Integer(set.Rows)) { SortBy = set => set.Rows, Numeric = true, WideOnly = true },
            new("columns", Texts.T("features.columns"), set => Formats.Integer(set.Columns)) { SortBy = set => set.Columns, Numeric = true, WideOnly = true },
            new("asOf", Texts.T("features.newestAsOf"), set => set.NewestAsOf is { } asOf ? Formats.Date(asOf, TimeZoneInfo.Utc) : Formats.Unknown) { SortBy = set => set.NewestAsOf, WideOnly = true },
            new("hash", Texts.T("features.hash"), set => Formats.Short(set.ContentHash.Hex)) { WideOnly = true, NoWrap = true },
            new("definition", Texts.T("staging.definitionHash"), set => Formats.Short(set.DefinitionHash.Hex)) { WideOnly = true, NoWrap = true },
            new("state", Texts.T("staging.state"), StateOf) { SortBy = StateOf, Filter = ColumnFilterKind.Choice, PhoneOrder = 3, Cell = set => builder => Cells.Badge(builder, set.RetiredAt is not null ? Tone.Neutral : IsLatest(set) ? Tone.Favourable : Tone.Outline, StateOf(set)) },
        ];
        if (!(await Features.SetsAsync(null, await ActorAsync(), Leaving)).TryGet(out var sets, out var problems))
        {
            (_problem, _sets) = (Words.Of(problems), []);
            return;
        }

        _latest = [.. sets.GroupBy(set => set.ScorecardId).Select(group => group.MaxBy(set => set.Version)!).OrderBy(set => set.ScorecardId, StringComparer.Ordinal)];
        _sets = sets;
    }

    private bool IsLatest(FeatureSet set) => _latest.Any(latest => latest.Id == set.Id);

    private string StateOf(FeatureSet set) => Texts.T(set.RetiredAt is not null ? "features.retired" : IsLatest(set) ? "features.latest" : "features.earlier");
}
