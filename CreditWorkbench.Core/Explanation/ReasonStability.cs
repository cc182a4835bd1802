using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Marks reasons as fragile: those that are not given any more when the comparison or the model is a little different.</summary>
/// <remarks>A reason is fragile when it leaves the list (or turns favourable) against either half of the reason background, or under more
/// than a fifth of the refits of the model on bootstrap samples. The halves are every other row, so that both lie alike around the
/// cut-off. Refits are compared with at most 50 rows of the background, spread evenly: what differs between refits is the model.</remarks>
public sealed class ReasonStability
{
    /// <summary>Share of the refits that have to give a reason as well.</summary>
    public const double KeptShare = 0.8;

    private const int RefitRows = 50;
    private readonly Witness[] _halves;
    private readonly Witness[] _refits;

    /// <summary>Works out halves and refits.</summary>
    /// <param name="model">The model that gives the reasons.</param>
    /// <param name="reasonBackground">Its reason background, at least two rows.</param>
    /// <param name="refits">The same learner on other samples; may be empty.</param>
    /// <exception cref="ArgumentException">A predictor has no exact attribution, or there are too few rows.</exception>
    /// <remarks>About one explainer over 50 rows per refit.</remarks>
    public ReasonStability(ScoringModel model, FeatureMatrix reasonBackground, IReadOnlyList<Predictor> refits)
    {
        if (reasonBackground.Rows < 2) throw new ArgumentException("Halves need two rows.", nameof(reasonBackground));
        var finder = ReasonFinder.Of(model, reasonBackground);
        _halves = [.. Enumerable.Range(0, 2).Select(first => new Witness(model, EverySecond(reasonBackground, first), finder))];
        var rows = Spread(reasonBackground, RefitRows);
        _refits = [.. refits.Select(model.With).Select(other => new Witness(other, rows, finder))];
    }

    /// <summary>Refits that are asked.</summary>
    public int Refits => _refits.Length;

    /// <summary>The same reasons with their marks; reasons of rules do not depend on the model and are never fragile.</summary>
    /// <param name="values">Values of the case.</param>
    /// <param name="reasons">Reasons as found.</param>
    public IReadOnlyList<Reason> Judge(FeatureValues values, IReadOnlyList<Reason> reasons)
    {
        if (reasons.Count == 0 || reasons[0].FromRule) return reasons;
        var halves = Array.ConvertAll(_halves, witness => witness.Codes(values));
        var refits = Array.ConvertAll(_refits, witness => witness.Codes(values));
        return [.. reasons.Select(reason => reason with { IsFragile = IsFragile(reason.Code, halves, refits) })];
    }

    private static bool IsFragile(string code, HashSet<string>[] halves, HashSet<string>[] refits) =>
        Array.Exists(halves, codes => !codes.Contains(code)) || refits.Count(codes => codes.Contains(code)) < KeptShare * refits.Length;

    private static FeatureMatrix EverySecond(FeatureMatrix rows, int first) => rows.Take([.. Enumerable.Range(0, rows.Rows).Where(row => row % 2 == first)]);

    private static FeatureMatrix Spread(FeatureMatrix rows, int most) =>
        rows.Rows <= most ? rows : rows.Take([.. Enumerable.Range(0, most).Select(i => (int)((long)i * rows.Rows / most))]);

    // Many models are asked about few cases: trees are walked as they stand, since tables of each would take more than they save.
    private sealed class Witness(ScoringModel model, FeatureMatrix rows, ReasonFinder finder)
    {
        private readonly IAttributor _features = Attributor(model.Predictor, rows, null);
        private readonly IAttributor? _families = finder.Families.AreColumns ? null : Attributor(model.Predictor, rows, finder.Families);

        // A witness that cannot explain the case gives no reason for it, so every reason is fragile to it.
        public HashSet<string> Codes(FeatureValues values)
        {
            var score = model.Score(values.Model);
            if (!Points(_features, values, score).TryGet(out var features, out _)) return [];
            var families = features;
            if (_families is not null && !Points(_families, values, score).TryGet(out families, out _)) return [];
            return [.. finder.FromGap(features, families!, values).Select(reason => reason.Code)];
        }

        private Outcome<double[]> Points(IAttributor attributor, FeatureValues values, Score score) =>
            attributor.Explain(values.Model).Then(attribution => PointsCarrier.Carry(model, attribution, score)).Then<double[]>(bars => bars.Points);

        private static IAttributor Attributor(Predictor predictor, FeatureMatrix rows, Players? families) => predictor is TreeEnsemble ensemble ? new InterventionalExplainer(ensemble, rows, families)
            : families is null ? Attributors.Interventional(predictor, rows)
            : GroupAttributors.Interventional(predictor, rows, families.OfColumns);
    }
}
