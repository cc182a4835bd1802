using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>Where the applicant stands: gauge, figures that decide, what moved the score, position among peers, ways forward.</summary>
public sealed partial class ScoreTab
{
    private const int BinWidth = 25;
    private HistogramFigure? _histogram;
    private IReadOnlyList<FactorFigure> _lowers = [];
    private IReadOnlyList<FactorFigure> _raises = [];
    private Rollout? _rollout;
    private FactorBarGeometry _scale = FactorBarGeometry.Of([]);

    /// <summary>The case; it has a score.</summary>
    [Parameter, EditorRequired] public CaseFile File { get; set; } = null!;

    private IssuedScore Score => File.View.Score!;

    private ScorecardDefinition Definition => File.View.Definition;

    private Roadmap? Plan => Score.Roadmap;

    private ScoreBand Band => CaseFigures.Band(Definition, Score.Score.Issued);

    private GradeDefinition Grade => Definition.Grades.First(grade => grade.Code == Score.Score.Grade);

    private int Place => Definition.Grades.ToList().FindIndex(grade => grade.Code == Score.Score.Grade) + 1;

    // Where the values come from, as shares of everything that the dictionary asks for; what is missing counts too.
    private IReadOnlyList<(string Label, double Share)> Sources
    {
        get
        {
            var all = (double)Definition.Inputs.Count;
            var known = Score.Provenance.Values.GroupBy(source => source).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (Definition.Sources.FirstOrDefault(source => source.Name == group.Key) is { } source ? Words.Of(source.Label) : group.Key, group.Count() / all));
            var missing = (all - Score.Provenance.Count) / all;
            return missing > 0 ? [.. known, (Texts.T("value.missing"), missing)] : [.. known];
        }
    }

    private static string Width(double share) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{share * 100:0.#}%");

    private int Distance => Score.Policy.ApproveFrom - Score.Score.Issued;

    private bool Expired => Score.ExpiresAt <= Clock.Now;

    private string Root => $"/applications/{File.View.Application.Id}";

    private string NotUsed => string.Join(", ", Definition.Inputs.Where(input => input.Sensitive).Select(input => Words.Of(input.Label)));

    private string ConfidenceWords => Score.Confidence.Kind == "none"
        ? Texts.T("score.noConfidence")
        : Texts.T("score.confidence", Score.Confidence.Low, Score.Confidence.High, Formats.Percent(Score.Confidence.Value, 0), Score.Score.Grade);

    private string RecommendationWords => Score.Policy.DecidedByRule is { } rule
        ? Texts.T("score.recommendRule", Words.Of(Score.Policy.Recommendation), rule, Definition.Reason(rule) is { } reason ? Words.Of(reason.Adverse) : "")
        : Texts.T("score.recommend." + Score.Policy.Recommendation, Score.Policy.DeclineBelow, Score.Policy.ApproveFrom);

    private string PdDetail
    {
        get
        {
            var horizon = Definition.Target.HorizonMonths > 0 ? Texts.T("score.horizon", Definition.Target.HorizonMonths) : Words.Of(Definition.Target.Meaning);
            return Math.Abs(Score.Score.Pd - Score.Score.ScalePd) < 1e-9 ? horizon : Texts.T("score.scalePd", horizon, Formats.Risk(Score.Score.ScalePd));
        }
    }

    private string? LossDetail => Score.ExpectedLoss is { } loss && File.View.Application.Amount is { Major: > 0 } amount
        ? Texts.T("score.lossShare", Formats.Percent(loss / (double)amount.Major))
        : Score.ExpectedLoss is null ? Texts.T("score.lossUnknown") : null;

    private string PlanWords => Plan switch
    {
        null => Texts.T("roadmap.none"),
        { Outcome: RoadmapOutcome.Found, Steps.Count: 0 } => Texts.T("roadmap.reached", Plan.Target),
        { Outcome: RoadmapOutcome.Found } => Texts.Count("roadmap.found", Plan.Steps.Count, Plan.ScoreAfter, Plan.Months),
        { Outcome: RoadmapOutcome.Impossible } => Texts.T("roadmap.impossible", Plan.Target, Plan.ScoreAfter),
        _ => Texts.T("roadmap.timedOut", Plan.Target),
    };

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        var reasons = Score.Explanation?.Reasons.Where(r => !r.FromRule).ToList() ?? [];
        var favourable = Score.Explanation?.Favourable ?? [];
        _lowers = [.. reasons.Select(r => new FactorFigure(Words.Of(r.Text), r.Points))];
        _raises = [.. favourable.Select(r => new FactorFigure(Words.Of(r.Text), r.Points))];
        _scale = FactorBarGeometry.Of(_lowers.Concat(_raises).Select(f => f.Points));
        _rollout = await Rollouts.ThatIssuedAsync(Definition.Id, Score.Release.Hash, Score.ScoredAt, CancellationToken.None);
        _histogram = CaseFigures.Histogram(Definition, await Scores.HistogramAsync(Definition.Id, BinWidth, CancellationToken.None), BinWidth, Score.Score.Issued);
    }
}
