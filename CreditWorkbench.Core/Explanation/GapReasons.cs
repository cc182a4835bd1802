using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>What separates a case from rows that were just good enough, under one model: points per feature, and per family where the
/// dictionary has families of several features. A family is one player, so its points are exact and not a sum of its features'.</summary>
internal sealed class GapReasons
{
    private readonly ScoringModel _model;
    private readonly ReasonFinder _finder;
    private readonly IAttributor[] _attributors;

    /// <summary>Works out the rows.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">At least one row to compare with.</param>
    /// <param name="finder">Turns points into reasons.</param>
    /// <param name="limits">What each attributor may take; null: the default.</param>
    /// <exception cref="ArgumentException">The predictor has no exact attribution.</exception>
    public GapReasons(ScoringModel model, FeatureMatrix rows, ReasonFinder finder, ExplanationLimits? limits = null)
    {
        (_model, _finder) = (model, finder);
        var features = Explanation.Attributors.Interventional(model.Predictor, rows, limits);
        _attributors = finder.Families.AreColumns ? [features] : [features, GroupAttributors.Interventional(model.Predictor, rows, finder.Families.OfColumns, limits)];
    }

    /// <summary>Rows compared with.</summary>
    public int Rows => _attributors[0].BackgroundRows;

    /// <summary>What is asked about a case: single features, then families where the dictionary has any.</summary>
    public IReadOnlyList<IAttributor> Attributors => _attributors;

    /// <summary>At most four reasons, the most adverse first; or <c>explanation.notAdditive</c>.</summary>
    /// <param name="values">Values of the case.</param>
    /// <param name="score">Its score under this model.</param>
    public Outcome<List<Reason>> Of(FeatureValues values, Score score) => Of(values, score, JointAttribution.Explain(_attributors, values.Model));

    /// <summary>The same for a case that <see cref="Attributors"/> were asked about already.</summary>
    /// <param name="values">Values of the case.</param>
    /// <param name="score">Its score under this model.</param>
    /// <param name="said">What they said.</param>
    public Outcome<List<Reason>> Of(FeatureValues values, Score score, ReadOnlySpan<Outcome<Attribution>> said)
    {
        if (!Points(said[0], score).TryGet(out var features, out var problems)) return Outcome<List<Reason>>.Refused(problems);
        if (said.Length == 1) return _finder.FromGap(features, features, values);
        return Points(said[1], score).Then<List<Reason>>(families => _finder.FromGap(features, families, values));
    }

    private Outcome<double[]> Points(Outcome<Attribution> attribution, Score score) =>
        attribution.Then(known => PointsCarrier.Carry(_model, known, score)).Then<double[]>(bars => bars.Points);
}
