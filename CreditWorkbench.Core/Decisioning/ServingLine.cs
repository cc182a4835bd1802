using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Recourse;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>The serving line of one release: record -> features -> score -> policy -> explanation -> roadmap. Pure and thread-safe;
/// the same record gives the same bits.</summary>
public sealed class ServingLine
{
    private readonly Release _release;
    private readonly Dictionary<Expression, PolicyExpression> _expressions;
    private readonly PolicyExpression? _exposure;
    private readonly RoadmapSearch _search;
    private readonly ScoreBins _scoreBins;
    private readonly Lazy<ExplanationJudge?> _judge;
    private readonly Lazy<IInteractionExplainer?> _interactions;

    /// <summary>Compiles what the release's policy and costs read.</summary>
    public ServingLine(Release release)
    {
        _release = release;
        Reference = new ReleaseReference(release.Model.ReleaseHash, release.Model.Reference, release.Definition.Id, release.Package.NumericContract);
        var policy = release.Definition.Policy;
        _expressions = policy.Rules.SelectMany(rule => rule.CapTo is null ? [rule.When] : new[] { rule.When, rule.CapTo })
            .Distinct(ReferenceEqualityComparer.Instance).Cast<Expression>()
            .ToDictionary(expression => expression, expression => PolicyExpression.Compile(release.Program, expression), ReferenceEqualityComparer.Instance as IEqualityComparer<Expression>);
        _search = new RoadmapSearch(release.Scoring, RoadmapLimits.Default);
        _scoreBins = new ScoreBins(release.Scoring.Scale, release.Package.ReferenceScores);
        var background = release.Package.ExplanationBackground;
        _judge = new(() => background.Rows < 2 ? null : new ExplanationJudge(background));
        _interactions = new(() => InteractionExplainers.Find(release.Package.Predictor, background));
        _exposure = release.Definition.Costs?.Ead is { } exposure ? PolicyExpression.Compile(release.Program, exposure) : null;
    }

    /// <summary>The release that this line serves.</summary>
    public Release Release => _release;

    /// <summary>How records name it.</summary>
    public ReleaseReference Reference { get; }

    /// <summary>Scores a record and asks policy.</summary>
    /// <param name="record">Accepted values of the release's dictionary.</param>
    /// <param name="terms">Amount and term of the application, where no input states them.</param>
    public ScoredCase Score(InputRecord record, ApplicationTerms terms) => Score(_release.Scoring, record, terms);

    /// <summary>The same without calibrators: for when they fail.</summary>
    /// <param name="record">Accepted values of the release's dictionary.</param>
    /// <param name="terms">Amount and term of the application, where no input states them.</param>
    public ScoredCase ScoreRaw(InputRecord record, ApplicationTerms terms) => Score(_release.Scoring.Uncalibrated(), record, terms);

    private ScoredCase Score(ScoringModel scoring, InputRecord record, ApplicationTerms terms)
    {
        var values = _release.Program.Evaluate(record, terms);
        return Judge(record, values, scoring.Score(values.Model));
    }

    /// <summary>Asks policy about a record that was scored already.</summary>
    /// <param name="record">The record.</param>
    /// <param name="values">Its features.</param>
    /// <param name="score">Its score under this release.</param>
    internal ScoredCase Judge(InputRecord record, FeatureValues values, Score score)
    {
        var policy = PolicyEvaluator.Evaluate(_release.Definition, expression => _expressions[expression].Evaluate(values), score, _release.Scoring.GradeOf(score.Issued));
        return new ScoredCase(record, values, score, policy, ConfidenceOf(score, values), ExpectedLossOf(score, values));
    }

    /// <summary>The bins that a scored case falls into: one per column of the model, and one of its score.</summary>
    public IReadOnlyList<BinHit> Bins(ScoredCase scored) => Bins(scored.Values, scored.Score.Issued);

    /// <summary>The bins of a record that this release gave a score.</summary>
    /// <param name="record">The record.</param>
    /// <param name="issued">Its issued score.</param>
    public IReadOnlyList<BinHit> Bins(InputRecord record, int issued) => Bins(_release.Program.Evaluate(record, default), issued);

    private IReadOnlyList<BinHit> Bins(FeatureValues values, int issued) =>
    [
        .. _release.Package.FeatureBins.Select((bins, column) => new BinHit(bins.Column.Name, bins.BinOf(values.Model[column]))),
        new BinHit(ScoreBins.Name, _scoreBins.BinOf(issued)),
    ];

    /// <summary>Explains a scored case; a decline without a reason that could be told becomes a referral.</summary>
    /// <returns>The explanation and the policy outcome that goes with it, or <c>explanation.notAdditive</c>.</returns>
    public Outcome<(ScoreExplanation Explanation, PolicyOutcome Policy)> Explain(ScoredCase scored, AttributionMethod method = AttributionMethod.Interventional) =>
        _release.Explainer.Explain(scored.Values, scored.Score, scored.Policy, method)
            .Then<(ScoreExplanation, PolicyOutcome)>(explanation => (explanation, PolicyEvaluator.WithReasons(scored.Policy, explanation.Reasons.Count)));

    /// <summary>The same without families and favourable sentences: for callers that ask for neither.</summary>
    /// <returns>As <see cref="Explain"/>.</returns>
    public Outcome<(ScoreExplanation Explanation, PolicyOutcome Policy)> ExplainBriefly(ScoredCase scored, AttributionMethod method = AttributionMethod.Interventional) =>
        _release.Explainer.ExplainBriefly(scored.Values, scored.Score, scored.Policy, method)
            .Then<(ScoreExplanation, PolicyOutcome)>(explanation => (explanation, PolicyEvaluator.WithReasons(scored.Policy, explanation.Reasons.Count)));

    /// <summary>The explanation with its fragile reasons marked: for cases that a person will look at.</summary>
    public ScoreExplanation WithFragileReasons(ScoredCase scored, ScoreExplanation explanation) =>
        _release.Stability is { } stability ? explanation with { Reasons = stability.Judge(scored.Values, explanation.Reasons) } : explanation;

    /// <summary>How far the explanation of a scored case can be relied on; null where the package has no background to compare with.</summary>
    public ExplanationQuality? Quality(ScoredCase scored) =>
        _judge.Value is { } judge && _release.Explainer.Bars(scored.Values.Model, scored.Score).TryGet(out var bars, out _) ? judge.Judge(scored.Values.Model, bars) : null;

    /// <summary>What pairs of features do beyond what each does by itself, in points, strongest first; null where the family of the model
    /// has no exact interaction values.</summary>
    public IReadOnlyList<PairEffect>? Interactions(ScoredCase scored, int count)
    {
        if (_interactions.Value is not { } explainer || !explainer.Explain(scored.Values.Model).TryGet(out var values, out _)) return null;
        var perMargin = _release.Scoring.PointsPerMargin(values.Base, values.Margin);
        var labels = _release.Scoring.Columns.Select(column => _release.Definition.Feature(column.Name)!.Label).ToList();

        // Half of a pair's effect stands on either side of the diagonal.
        return [.. (from one in Enumerable.Range(0, values.Features)
                   from other in Enumerable.Range(one + 1, values.Features - one - 1)
                   let points = 2 * values[one, other] * perMargin
                   where points != 0
                   orderby Math.Abs(points) descending, one, other
                   select new PairEffect(labels[one], labels[other], points)).Take(count)];
    }

    /// <summary>The reasons alone, for batches; a decline without a reason that could be told becomes a referral.</summary>
    /// <returns>At most four reasons and the policy outcome that goes with them, or <c>explanation.notAdditive</c>.</returns>
    public Outcome<(IReadOnlyList<Reason> Reasons, PolicyOutcome Policy)> Reasons(ScoredCase scored) =>
        _release.Explainer.Reasons(scored.Values, scored.Score, scored.Policy)
            .Then<(IReadOnlyList<Reason>, PolicyOutcome)>(reasons => (reasons, PolicyEvaluator.WithReasons(scored.Policy, reasons.Count)));

    /// <summary>Searches a way to a target score; every step is re-scored through this line.</summary>
    public Roadmap Plan(ScoredCase scored, ApplicationTerms terms, int targetScore) =>
        _search.Find(scored.Record, targetScore, candidate =>
        {
            var rescored = Score(candidate, terms);
            return new CandidateScore(rescored.Score.Issued, rescored.Policy.Recommendation);
        });

    /// <summary>The score that a roadmap aims at by default: approval, then the next better grade; who is in the best grade has
    /// arrived.</summary>
    public int DefaultTarget(int issued)
    {
        var approve = _release.Definition.Policy.ApproveFrom;
        if (issued < approve) return approve;
        return _release.Definition.Grades.Where(grade => grade.From > issued).Select(grade => grade.From).DefaultIfEmpty(_release.Definition.Grades[0].From).Min();
    }

    private Confidence ConfidenceOf(Score score, FeatureValues values)
    {
        if (_release.Package.Confidence is not { } table) return new Confidence("none", 0, score.Issued, score.Issued);
        var absent = 0;
        foreach (var cell in values.Model) absent += float.IsNaN(cell) ? 1 : 0;
        var deviation = table.Deviation(score.Unrounded, (double)absent / values.Model.Length);
        var reach = ConfidenceTable.BandQuantile * deviation;
        var (from, to) = BandOf(score.Issued);
        return new Confidence(
            _release.Scoring.Scale.IsOrdinal ? "bandMass" : "modelUncertainty",
            ConfidenceTable.MassWithin(score.Unrounded, deviation, from, to),
            _release.Scoring.Scale.Issue(score.Unrounded - reach), _release.Scoring.Scale.Issue(score.Unrounded + reach));
    }

    // Edges of the issued grade on the unrounded axis: an issued integer s stands for [s - 0.5, s + 0.5).
    private (double From, double To) BandOf(int issued)
    {
        var grades = _release.Definition.Grades;
        var index = grades.ToList().FindIndex(grade => issued >= grade.From);
        if (index < 0) index = grades.Count - 1;
        var from = index == grades.Count - 1 ? double.NegativeInfinity : grades[index].From - 0.5;
        return (from, index == 0 ? double.PositiveInfinity : grades[index - 1].From - 0.5);
    }

    private double? ExpectedLossOf(Score score, FeatureValues values)
    {
        if (_exposure is null || _release.Definition.Costs?.Lgd is not { } lgd) return null;
        var loss = score.Pd * lgd * _exposure.Evaluate(values);
        return double.IsNaN(loss) ? null : loss;
    }
}
