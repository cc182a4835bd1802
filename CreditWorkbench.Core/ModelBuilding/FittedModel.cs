using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>The chosen predictor with its calibrators: everything that a score needs.</summary>
/// <param name="Scoring">Program, predictor, calibrators and scale.</param>
/// <param name="Predictor">The predictor.</param>
public sealed record FittedModel(ScoringModel Scoring, Predictor Predictor)
{
    /// <summary>Scores rows.</summary>
    internal Score[] Score(FeatureMatrix features, int threads, CancellationToken cancellation) =>
        Array.ConvertAll(Quantities.Of(Predictor, features, threads, cancellation), Scoring.OfQuantity);

    /// <summary>What the model says to rows, for evaluation.</summary>
    /// <param name="scores">Score per row.</param>
    /// <param name="threshold">PDs above it are declined.</param>
    /// <param name="classHits">Ordinal models: share of rows whose class is hit.</param>
    internal CandidateJudgement Judge(Score[] scores, double threshold, double? classHits)
    {
        var grades = Scoring.Program.Definition.Grades.Index().ToDictionary(grade => grade.Item.Code, grade => grade.Index, StringComparer.Ordinal);
        return new CandidateJudgement
        {
            Family = Predictor.Family,
            Threshold = threshold,
            Risk = Array.ConvertAll(scores, score => Scoring.Scale.IsOrdinal ? -score.Margin : score.CalibratedLogOdds),
            RawPd = Scoring.Scale.IsOrdinal ? null : Array.ConvertAll(scores, score => score.RawPd),
            Pd = Array.ConvertAll(scores, score => score.Pd),
            Score = Array.ConvertAll(scores, score => score.Unrounded),
            Grade = Array.ConvertAll(scores, score => grades[score.Grade]),
            ClassHits = classHits,
        };
    }
}
