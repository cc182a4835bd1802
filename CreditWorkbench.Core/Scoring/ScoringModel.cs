using CreditWorkbench.Core.Calibration;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Scoring;

/// <summary>From inputs to an issued score: feature program, predictor, calibrators, scale and bands of one packaged model.</summary>
/// <remarks>Immutable; safe to share between threads.</remarks>
public sealed class ScoringModel
{
    private readonly IReadOnlyList<GradeDefinition> _grades;
    private readonly IReadOnlyList<(int From, string Name)> _levels;
    private readonly int _approveFrom;
    private readonly int _declineBelow;

    /// <summary>Puts the parts together.</summary>
    /// <param name="program">Makes the feature vectors; its dictionary states scale, grades, risk levels and cut-offs.</param>
    /// <param name="predictor">Fitted on the program's columns; its link is ordinal exactly when the target is.</param>
    /// <param name="calibrator">Margin to calibrated log-odds; not used for ordinal targets.</param>
    /// <param name="pd">Second calibrator: l to PD (binary, optional), z to PD (ordinal, obligatory).</param>
    /// <param name="categoryCuts">Most likely class by z; obligatory for ordinal targets, null for binary ones.</param>
    /// <exception cref="ArgumentException">The parts do not fit together, or the calibrator does not rise.</exception>
    public ScoringModel(
        FeatureProgram program, Predictor predictor, PlattCalibrator calibrator, IPdCalibrator? pd, RiskCategoryCuts? categoryCuts)
    {
        var definition = program.Definition;
        Scale = ScoreScale.Of(definition);
        if (program.Columns.Count != predictor.FeatureCount) throw new ArgumentException("The predictor was fitted on other columns.", nameof(predictor));
        if (Scale.IsOrdinal != (predictor.Link.Kind == LinkKind.Ordinal)) throw new ArgumentException("Link and target are of different kinds.", nameof(predictor));
        if (!(calibrator.Slope > 0)) throw new ArgumentException("A calibrator rises with the margin.", nameof(calibrator));
        if (Scale.IsOrdinal && (pd is null || categoryCuts?.Lowest.Count != definition.Target.Classes.Count - 1))
            throw new ArgumentException("An ordinal model has a PD by z and one cut between neighbouring classes.", nameof(pd));
        (Program, Predictor, Calibrator, PdCalibrator, CategoryCuts) = (program, predictor, calibrator, pd, categoryCuts);
        (_grades, _approveFrom, _declineBelow) = (definition.Grades, definition.Policy.ApproveFrom, definition.Policy.DeclineBelow);
        _levels = LevelCuts(definition, Scale);
    }

    /// <summary>Columns of the feature vector.</summary>
    public IReadOnlyList<FeatureColumn> Columns => Program.Columns;

    /// <summary>Inputs to feature vector.</summary>
    public FeatureProgram Program { get; }

    /// <summary>Feature vector to explained quantity and margin.</summary>
    public Predictor Predictor { get; }

    /// <summary>Margin to calibrated log-odds; the identity for ordinal models.</summary>
    public PlattCalibrator Calibrator { get; }

    /// <summary>Second calibrator; null when the scale's PD is issued.</summary>
    public IPdCalibrator? PdCalibrator { get; }

    /// <summary>Most likely class by z; null for binary models.</summary>
    public RiskCategoryCuts? CategoryCuts { get; }

    /// <summary>Position to points.</summary>
    public ScoreScale Scale { get; }

    /// <summary>Scores one vector.</summary>
    /// <param name="vector">Shape [Columns.Count], float32, NaN-coded missing values.</param>
    /// <exception cref="ArgumentException">The vector has another length.</exception>
    public Score Score(ReadOnlySpan<float> vector)
    {
        if (vector.Length != Columns.Count) throw new ArgumentException($"Expected {Columns.Count} values, got {vector.Length}.", nameof(vector));
        return OfQuantity(Predictor.Quantity(vector));
    }

    /// <summary>The same program, calibrators and scale around another fit of the same learner.</summary>
    public ScoringModel With(Predictor predictor) => new(Program, predictor, Calibrator, PdCalibrator, CategoryCuts);

    /// <summary>The same model without calibrators: the raw margin is the position on the scale, and the PD is the one that it stands for.</summary>
    public ScoringModel Uncalibrated() => new(Program, Predictor, PlattCalibrator.Identity, Scale is OrdinalScale ordinal ? new RawOrdinalPd(ordinal) : null, CategoryCuts);

    /// <summary>Scores an explained quantity that the predictor gave.</summary>
    public Score OfQuantity(double quantity)
    {
        var margin = Predictor.Link.ToMargin(quantity);
        var unrounded = Scale.Points(PositionOf(margin));
        var issued = Scale.Issue(unrounded);
        var grade = GradeOf(issued);
        if (Scale.IsOrdinal)
        {
            var pd = PdCalibrator!.Probability(margin);
            return new Score(quantity, margin, double.NaN, unrounded, issued, grade.Code, RiskLevelOf(issued), pd, pd, double.NaN, CategoryCuts!.CategoryOf(margin));
        }

        var logOdds = Calibrator.LogOdds(margin);
        var scalePd = ReproducibleMath.Logistic(logOdds);
        return new Score(
            quantity, margin, logOdds, unrounded, issued, grade.Code, RiskLevelOf(issued), PdCalibrator?.Probability(logOdds) ?? scalePd, scalePd,
            ReproducibleMath.Logistic(margin), null);
    }

    /// <summary>Position on the scale of a margin: calibrated log-odds, or z itself.</summary>
    public double PositionOf(double margin) => Scale.IsOrdinal ? margin : Calibrator.LogOdds(margin);

    /// <summary>Issued PD of a margin: by the second calibrator where there is one, else by the scale.</summary>
    public double PdOf(double margin) => PdCalibrator?.Probability(PositionOf(margin)) ?? ReproducibleMath.Logistic(PositionOf(margin));

    /// <summary>Points per unit of margin between two margins; carries contributions from margin to points.</summary>
    public double PointsPerMargin(double from, double to) =>
        Scale.Secant(PositionOf(from), PositionOf(to)) * (Scale.IsOrdinal ? 1.0 : Calibrator.Slope);

    /// <summary>The grade that an issued score falls into.</summary>
    public GradeDefinition GradeOf(int issued)
    {
        foreach (var grade in _grades)
        {
            if (issued >= grade.From) return grade;
        }

        return _grades[^1];
    }

    /// <summary>Risk level of an issued score: the band of PD that its points stand for where the dictionary names such bands, else
    /// the band of its grade, else low, moderate or high by the policy's cut-offs.</summary>
    public string RiskLevelOf(int issued)
    {
        foreach (var (from, name) in _levels)
        {
            if (issued >= from) return name;
        }

        return GradeOf(issued).Band ?? (issued >= _approveFrom ? "low" : issued < _declineBelow ? "high" : "moderate");
    }

    // Bands of PD become bands of points once: the lowest issued score whose PD on the scale does not exceed the band.
    private static List<(int From, string Name)> LevelCuts(ScorecardDefinition definition, ScoreScale scale)
    {
        if (scale is not OddsScale odds) return [];
        var levels = definition.RiskLevels;
        return [.. levels.Select((level, i) => (i == levels.Count - 1 ? scale.Min : FirstWithin(odds, level.UpTo), level.Name))];
    }

    private static int FirstWithin(OddsScale scale, double pd)
    {
        if (pd >= 1) return scale.Min;
        var points = scale.Points(ReproducibleMath.Logit(pd));
        return scale.Issue(Math.Ceiling(points - 1e-6));
    }
}
