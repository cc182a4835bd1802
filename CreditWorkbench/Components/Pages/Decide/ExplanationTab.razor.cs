using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Why the score is what it is: waterfall, words, baselines, reasons, every factor.</summary>
public sealed partial class ExplanationTab
{
    private static readonly string[] FilterNames = ["all", "lowers", "raises", "neutral"];
    private WaterfallFigure _figure = null!;
    private IReadOnlyList<DataColumn<Contribution>> _columns = [];
    private IReadOnlyList<DataColumn<FamilyContribution>> _familyColumns = [];
    private TableState _familyState = new(Sort: "points", Descending: true);
    private bool _byFamily;
    private TableState _state = new(Sort: "points", Descending: true);
    private string _filter = "all";
    private string _language = Words.Here;
    private WhatIfSession? _session;
    private ExplanationQuality? _quality;
    private IReadOnlyList<Problem> _problems = [];
    private Guid _opened;

    /// <summary>The case; it has a score with an explanation.</summary>
    [Parameter, EditorRequired] public CaseFile File { get; set; } = null!;

    private IssuedScore Score => File.View.Score!;

    private ScoreExplanation Explanation => Score.Explanation!;

    private ScorecardDefinition Definition => File.View.Definition;

    private string Other => _language == "en" ? "id" : "en";

    private string Origin => Texts.T("explanation.origin", File.View.Application.Number, Score.Score.Issued, Score.Release.Model, Score.Release.Hash.Short);

    private IReadOnlyList<Contribution> Shown => _filter == "all" ? Explanation.Contributions : [.. Explanation.Contributions.Where(c => FilterOf(c) == _filter)];

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _figure = CaseFigures.Waterfall(Definition, Score, Explanation);
        var scale = FactorBarGeometry.Of(Explanation.Contributions.Select(c => c.Points));
        _byFamily &= Explanation.Families.Count > 0;
        _familyColumns = Explanation.Families.Count == 0 ? [] : FamilyColumns(Definition, FactorBarGeometry.Of(Explanation.Families.Select(f => f.Points)));
        _columns =
        [
            new("factor", Texts.T("explanation.factor"), c => Words.Of(c.Label)) { SortBy = c => Words.Of(c.Label) },
            new("value", Texts.T("explanation.value"), c => Words.Of(c.DisplayValue)) { Numeric = true, PhoneOrder = 3 },
            new("typical", Texts.T("explanation.typical"), c => c.Peer is { } peer ? Words.Of(peer) : Formats.Unknown) { Numeric = true, WideOnly = true },
            new("points", Texts.T("explanation.points"), c => Formats.Signed(c.Points)) { Numeric = true, SortBy = c => Math.Abs(c.Points), Cell = c => PointsCell(c.Points, c.Effect), PhoneOrder = 1 },
            new("bar", Texts.T("explanation.bar"), _ => "") { HiddenTitle = true, WideOnly = true, NotExported = true, Cell = c => BarCell(c.Points, c.Effect, scale) },
            new("impact", Texts.T("explanation.impact"), c => ImpactWords(c.Points, c.Impact)) { WideOnly = true, SortBy = c => c.Points },
            new("source", Texts.T("explanation.source"), SourceWords) { PhoneOrder = 2 },
        ];
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        // The page stands first; trials and quality follow it, and only where somebody can use them.
        if (_opened == Score.Id) return;
        (_opened, _session, _quality) = (Score.Id, null, null);
        var opened = await Trials.OpenAsync(Score.Id, File.Reader, Leaving);
        if (opened.TryGet(out var session, out _problems!))
        {
            _session = session;
            StateHasChanged();
            _quality = await Task.Run(session.Quality, Leaving);
        }
        StateHasChanged();
    }

    private static IReadOnlyList<DataColumn<FamilyContribution>> FamilyColumns(ScorecardDefinition definition, FactorBarGeometry scale) =>
    [
        new("family", Texts.T("explanation.family"), f => Words.Of(f.Label)) { SortBy = f => Words.Of(f.Label) },
        new("members", Texts.T("explanation.members"), f => string.Join(", ", f.Features.Select(name => definition.Feature(name) is { } feature ? Words.Of(feature.Label) : name))) { WideOnly = true },
        new("points", Texts.T("explanation.points"), f => Formats.Signed(f.Points)) { Numeric = true, SortBy = f => Math.Abs(f.Points), Cell = f => PointsCell(f.Points, f.Effect), PhoneOrder = 1 },
        new("bar", Texts.T("explanation.bar"), _ => "") { HiddenTitle = true, WideOnly = true, NotExported = true, Cell = f => BarCell(f.Points, f.Effect, scale) },
        new("impact", Texts.T("explanation.impact"), f => ImpactWords(f.Points, f.Impact)) { WideOnly = true, SortBy = f => f.Points },
    ];

    private int Count(string filter) => filter == "all" ? Explanation.Contributions.Count : Explanation.Contributions.Count(c => FilterOf(c) == filter);

    private static string FilterOf(Contribution c) => c.Effect switch { Effect.Positive => "raises", Effect.Negative => "lowers", _ => "neutral" };

    private static string ImpactWords(double points, Impact impact) => impact == Impact.Neutral
        ? Texts.T("impact.Neutral")
        : Texts.T(points < 0 ? "impact.lowers" : "impact.raises", Texts.T("impact." + impact));

    private string SourceWords(Contribution c)
    {
        var feature = Definition.Feature(c.Feature);
        if (feature?.From is not { } input) return Texts.T("explanation.derived");
        return Score.Provenance.TryGetValue(input, out var source) && Definition.Sources.FirstOrDefault(s => s.Name == source) is { } known
            ? Words.Of(known.Label)
            : Texts.T("value.missing");
    }

    private static RenderFragment PointsCell(double points, Effect effect) => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", effect switch { Effect.Positive => "points favourable", Effect.Negative => "points adverse", _ => "points" });
        builder.AddContent(2, Formats.Signed(points));
        builder.CloseElement();
    };

    private static RenderFragment BarCell(double points, Effect effect, FactorBarGeometry scale) => builder =>
    {
        builder.OpenComponent<PointsBar>(0);
        builder.AddComponentParameter(1, nameof(PointsBar.Points), points);
        builder.AddComponentParameter(2, nameof(PointsBar.Scale), scale);
        builder.AddComponentParameter(3, nameof(PointsBar.Muted), effect == Effect.Neutral);
        builder.CloseComponent();
    };
}
