using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Explains scores of one model: waterfall in points, reasons, narrative. Resident: build it once per release, then use it
/// from any thread.</summary>
public sealed class ScoreExplainer
{
    private readonly ScoringModel _model;
    private readonly ScorecardDefinition _definition;
    private readonly IReadOnlyList<FeatureDefinition> _features;
    private readonly IAttributor? _interventional;
    private readonly IAttributor _pathDependent;
    private readonly GapReasons? _againstReasons;
    private readonly Lazy<IAttributor?> _interventionalFamilies;
    private readonly Lazy<IAttributor> _pathDependentFamilies;
    private readonly Lazy<PortfolioReasons?> _portfolio;
    private readonly FactorSentences _sentences;
    private readonly ReasonFinder _reasons;
    private readonly double[] _peers;
    private readonly LocalizedText?[] _peerTexts;
    private readonly Lazy<LocalizedText> _averageOfRows;
    private readonly Lazy<LocalizedText> _averageOfTraining;
    private readonly Lazy<LocalizedText> _comparedWith;

    /// <summary>Works out both backgrounds.</summary>
    /// <param name="model">The model whose scores are explained.</param>
    /// <param name="background">Rows that the waterfall starts from, with the model's columns; no row: an imported model without a
    /// background, whose explanations are path-dependent on demand and otherwise refused.</param>
    /// <param name="reasonBackground">Rows chosen by <see cref="ReasonBackground.Select"/>; no row: reasons are refused.</param>
    /// <param name="limits">What each of the three attributors may take; null: the default.</param>
    /// <exception cref="ArgumentException">The predictor has no attribution, or a background does not fit.</exception>
    public ScoreExplainer(ScoringModel model, FeatureMatrix background, FeatureMatrix reasonBackground, ExplanationLimits? limits = null)
    {
        (_model, _definition) = (model, model.Program.Definition);
        _features = [.. model.Columns.Select(column => _definition.Feature(column.Name)!)];
        _interventional = background.Rows > 0 ? Attributors.Interventional(model.Predictor, background, limits) : null;
        _pathDependent = Attributors.PathDependent(model.Predictor, limits);
        _peers = ReasonBackground.Peers(reasonBackground);
        _sentences = new FactorSentences(_definition);
        _peerTexts = [.. _features.Select((feature, i) => double.IsNaN(_peers[i]) ? null : _sentences.Display.Of(feature, _peers[i]))];
        _averageOfRows = new(() => Baseline(AttributionMethod.Interventional));
        _averageOfTraining = new(() => Baseline(AttributionMethod.PathDependent));
        _comparedWith = new(ReasonReference);
        _reasons = new ReasonFinder(_sentences, _features, _peers);
        _againstReasons = reasonBackground.Rows > 0 ? new GapReasons(model, reasonBackground, _reasons, limits) : null;
        _portfolio = new(() => reasonBackground.Rows > 0 ? PortfolioReasons.TryBuild(model, reasonBackground, _reasons, limits) : null);
        var families = _reasons.Families;
        _interventionalFamilies = new(() => _interventional is null || families.AreColumns ? _interventional : GroupAttributors.Interventional(model.Predictor, background, families.OfColumns, limits));
        _pathDependentFamilies = new(() => families.AreColumns ? _pathDependent : GroupAttributors.PathDependent(model.Predictor, families.OfColumns, limits));
    }

    /// <summary>Whether waterfalls can be drawn by a method.</summary>
    public bool Explains(AttributionMethod method) => method == AttributionMethod.PathDependent || _interventional is not null;

    /// <summary>Whether reasons can be given.</summary>
    public bool GivesReasons => _againstReasons is not null;

    /// <summary>Scores and reasons of blocks of rows from float32 tables, for files; null where the family of the model has no such tables.</summary>
    public PortfolioReasons? Portfolio => _portfolio.Value;

    /// <summary>The bars alone: for batches.</summary>
    /// <param name="row">Feature vector.</param>
    /// <param name="score">Score of the same row.</param>
    /// <param name="method">How absent features are imagined.</param>
    /// <returns>The bars, or <c>explanation.notAdditive</c>, <c>background.missing</c>.</returns>
    public Outcome<Waterfall> Bars(ReadOnlySpan<float> row, Score score, AttributionMethod method = AttributionMethod.Interventional)
    {
        if (AttributorOf(method) is not { } attributor) return BackgroundMissing;
        return Carried(attributor.Explain(row), score);
    }

    /// <summary>The reasons alone: the deciding rules, else what lowers the score against those just good enough.</summary>
    /// <param name="values">Inputs and features of the case.</param>
    /// <param name="score">Its score.</param>
    /// <param name="policy">What policy said.</param>
    /// <returns>At most four, strongest first; empty when nothing counts against the applicant; or <c>explanation.notAdditive</c>,
    /// <c>background.missing</c>.</returns>
    public Outcome<IReadOnlyList<Reason>> Reasons(FeatureValues values, Score score, PolicyOutcome policy)
    {
        var fromRules = _reasons.FromRules(policy, values);
        if (fromRules.Count > 0) return Outcome<IReadOnlyList<Reason>>.Success(fromRules);
        if (_againstReasons is null) return BackgroundMissing;
        return _againstReasons.Of(values, score).Then(Outcome<IReadOnlyList<Reason>>.Success);
    }

    /// <summary>Explains one score in full.</summary>
    /// <param name="values">Inputs and features of the case.</param>
    /// <param name="score">Its score.</param>
    /// <param name="policy">What policy said; apply <see cref="PolicyEvaluator.WithReasons"/> to it afterwards.</param>
    /// <param name="method">How absent features are imagined in the waterfall; reasons always come from the reason background.</param>
    /// <returns>The explanation, or <c>explanation.notAdditive</c>, <c>background.missing</c>: then there is none.</returns>
    public Outcome<ScoreExplanation> Explain(
        FeatureValues values, Score score, PolicyOutcome policy, AttributionMethod method = AttributionMethod.Interventional)
    {
        if (!Find(values, score, policy, method, families: !_reasons.Families.AreColumns).TryGet(out var found, out var problems)) return Outcome<ScoreExplanation>.Refused(problems);
        return Tell(values, method, found.Bars, found.Reasons) with
        {
            Favourable = _reasons.Favourable(found.Bars.Points, found.Families.Points, values),
            Families = _reasons.Families.AreColumns ? [] : [.. _reasons.FamilyNames.Select((name, family) => Family(name, family, found.Families))],
        };
    }

    /// <summary>Explains one score without families and favourable sentences: for callers that ask for neither. Everything else is as in
    /// <see cref="Explain"/>, bit for bit.</summary>
    /// <param name="values">Inputs and features of the case.</param>
    /// <param name="score">Its score.</param>
    /// <param name="policy">What policy said.</param>
    /// <param name="method">How absent features are imagined in the waterfall.</param>
    public Outcome<ScoreExplanation> ExplainBriefly(FeatureValues values, Score score, PolicyOutcome policy, AttributionMethod method = AttributionMethod.Interventional) =>
        Find(values, score, policy, method, families: false).Then<ScoreExplanation>(found => Tell(values, method, found.Bars, found.Reasons));

    // Everything is asked at once: attributors of one ensemble then share a walk. A model without a reason background still has its
    // waterfall; a decline then goes to referral for want of a reason.
    private Outcome<Findings> Find(FeatureValues values, Score score, PolicyOutcome policy, AttributionMethod method, bool families)
    {
        if (AttributorOf(method) is not { } attributor) return BackgroundMissing;
        var fromRules = _reasons.FromRules(policy, values);
        var gap = fromRules.Count > 0 ? null : _againstReasons;
        var said = JointAttribution.Explain([attributor, .. gap?.Attributors ?? [], .. families ? [FamilyAttributorOf(method)!] : Array.Empty<IAttributor>()], values.Model);

        if (!Carried(said[0], score).TryGet(out var bars, out var problems)) return Outcome<Findings>.Refused(problems);
        var familyBars = bars;
        if (families && !Carried(said[^1], score).TryGet(out familyBars, out problems)) return Outcome<Findings>.Refused(problems);
        if (gap is null) return new Findings(bars, familyBars!, fromRules);
        return gap.Of(values, score, said.AsSpan(1, gap.Attributors.Count)).Then<Findings>(reasons => new Findings(bars, familyBars!, reasons));
    }

    private IAttributor? AttributorOf(AttributionMethod method) => method == AttributionMethod.Interventional ? _interventional : _pathDependent;

    private IAttributor? FamilyAttributorOf(AttributionMethod method) => method == AttributionMethod.Interventional ? _interventionalFamilies.Value : _pathDependentFamilies.Value;

    private Outcome<Waterfall> Carried(Outcome<Attribution> attribution, Score score) => attribution.Then(known => PointsCarrier.Carry(_model, known, score));

    private ScoreExplanation Tell(FeatureValues values, AttributionMethod method, Waterfall bars, IReadOnlyList<Reason> reasons)
    {
        var contributions = new List<Contribution>(_features.Count);
        for (var i = 0; i < _features.Count; i++) contributions.Add(Contribution(_features[i], values, bars, i));
        return new ScoreExplanation(
            method, bars.BasePoints, contributions, bars.Rounding, bars.Clip, bars.Issued, reasons, [],
            Narrative.Of(_sentences, _features, contributions, _peers, values), (method == AttributionMethod.Interventional ? _averageOfRows : _averageOfTraining).Value, _comparedWith.Value)
        {
            IsSampled = bars.Attribution.IsSampled,
        };
    }

    /// <summary>The bars of families: the features of each group of the dictionary as one player, so that a family's points are exact.</summary>
    /// <param name="row">Feature vector.</param>
    /// <param name="score">Score of the same row.</param>
    /// <param name="method">How absent features are imagined.</param>
    /// <returns>Bars per family, or <c>explanation.notAdditive</c>, <c>background.missing</c>.</returns>
    public Outcome<Waterfall> FamilyBars(ReadOnlySpan<float> row, Score score, AttributionMethod method = AttributionMethod.Interventional)
    {
        if (FamilyAttributorOf(method) is not { } attributor) return BackgroundMissing;
        return Carried(attributor.Explain(row), score);
    }

    private FamilyContribution Family(string name, int family, Waterfall bars)
    {
        List<FeatureDefinition> members = [.. _features.Where((_, feature) => _reasons.Families.Of(feature) == family)];
        var points = bars.Points[family];
        return new FamilyContribution(
            name, _definition.Groups.FirstOrDefault(group => group.Name == name)?.Label ?? members[0].Label, [.. members.Select(member => member.Name)],
            points, bars.Attribution.Contributions[family], EffectOf(points), ImpactOf(points));
    }

    /// <summary>The refusal of a model without the rows to compare with.</summary>
    public static Problem BackgroundMissing { get; } = new("background.missing", "The model has no background rows to compare an applicant with.")
    {
        Remedy = "Import it again with --background FILE, or ask for --method path.",
    };

    private Contribution Contribution(FeatureDefinition feature, FeatureValues values, Waterfall bars, int i)
    {
        var value = values[feature.Name];
        var points = bars.Points[i];
        return new Contribution(
            feature.Name, feature.Label, feature.Group ?? "", value, _sentences.Display.Of(feature, value), points, bars.Attribution.Contributions[i],
            EffectOf(points), ImpactOf(points), _peerTexts[i]);
    }

    private LocalizedText Baseline(AttributionMethod method) => _sentences.Display.InEachLanguage(language => (method, language) switch
    {
        (AttributionMethod.Interventional, "id") => $"Rata-rata {_interventional!.BackgroundRows} pemohon pembanding",
        (AttributionMethod.Interventional, _) => $"Average of {_interventional!.BackgroundRows} applicants for comparison",
        (_, "id") => "Rata-rata baris pelatihan model",
        _ => "Average of the rows that the model learnt from",
    });

    private LocalizedText ReasonReference() => !GivesReasons ? NoReasonReference() : _sentences.Display.InEachLanguage(language => language == "id"
        ? $"{_againstReasons!.Rows} pemohon dengan skor tepat di atau sedikit di atas batas persetujuan {_definition.Policy.ApproveFrom}"
        : $"{_againstReasons!.Rows} applicants whose score lies at or just above the approval cut-off of {_definition.Policy.ApproveFrom}");

    private LocalizedText NoReasonReference() => _sentences.Display.InEachLanguage(language => language == "id"
        ? "Tidak ada: model diimpor tanpa baris pembanding, sehingga tidak memberi alasan"
        : "None: the model was imported without rows to compare with, so it gives no reasons");

    /// <summary>Neutral under 5 points either way, else the direction.</summary>
    public static Effect EffectOf(double points) => Math.Abs(points) < 5 ? Effect.Neutral : points > 0 ? Effect.Positive : Effect.Negative;

    /// <summary>Neutral under 5 points, low under 15, medium under 40, else high.</summary>
    public static Impact ImpactOf(double points) => Math.Abs(points) switch
    {
        < 5 => Impact.Neutral,
        < 15 => Impact.Low,
        < 40 => Impact.Medium,
        _ => Impact.High,
    };

    // Families are the bars themselves where every feature is its own.
    private sealed record Findings(Waterfall Bars, Waterfall Families, IReadOnlyList<Reason> Reasons);
}
