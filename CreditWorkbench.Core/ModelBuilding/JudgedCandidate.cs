using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>One candidate, trained on the whole training part, calibrated and judged.</summary>
/// <param name="Board">Its line on the leader board.</param>
/// <param name="Refit">What was trained.</param>
/// <param name="Model">With its calibrators and cut-offs.</param>
/// <param name="Calibration">How PDs come about.</param>
/// <param name="Threshold">PD threshold.</param>
/// <param name="Leakage">Findings on the model and the split.</param>
/// <param name="Judgement">Figures on rows that it did not see.</param>
/// <param name="Refusals">Why it may not be registered, apart from leaks.</param>
internal sealed record JudgedCandidate(
    CandidateResult Board, Refit Refit, FittedModel Model, CalibrationChoice Calibration, ThresholdChoice Threshold,
    IReadOnlyList<LeakageFinding> Leakage, Judgement Judgement, IReadOnlyList<Problem> Refusals)
{
    /// <summary>The result with this candidate as the chosen one.</summary>
    public TrainingResult Lead(TrainingResult result)
    {
        var leakage = result.DataLeakage.Concat(Leakage).ToList();
        return result with
        {
            Definition = Model.Scoring.Program.Definition,
            Winner = Board,
            Model = Model,
            Threshold = Threshold,
            Leakage = leakage,
            Test = Judgement.Test,
            OutOfTime = Judgement.OutOfTime,
            Fairness = Judgement.Fairness,
            WithoutSource = Judgement.WithoutSource,
            Importance = Judgement.Importance,
            Refusals = [.. Refusals, .. leakage.Where(finding => finding.Blocks).Select(TrainingProblems.Leak)],
            Notes = Board.ReasonsAreExact ? [] : [TrainingProblems.SampledReasons(Board.Family)],
            Candidate = Refit.Candidate,
            TrainingRows = Refit.Fitted.Rows,
            HeldOut = Judgement.HeldOut,
            HeldOutScores = Judgement.HeldOutScores,
        };
    }

    /// <summary>What is kept of it.</summary>
    /// <param name="dataLeakage">Findings on the data.</param>
    /// <param name="overall">Its cross-validation over all rows; null where it was not done.</param>
    public CandidateRecord Record(IReadOnlyList<LeakageFinding> dataLeakage, FoldedAuc? overall)
    {
        var policy = Model.Scoring.Program.Definition.Policy;
        return new CandidateRecord
        {
            Family = Board.Family,
            ParametersJson = Board.ParametersJson,
            ReasonsAreExact = Board.ReasonsAreExact,
            Cv = Board.Auc,
            Overall = overall,
            Seconds = Board.Seconds,
            Calibration = Calibration,
            Threshold = Threshold,
            ApproveFrom = policy.ApproveFrom,
            DeclineBelow = policy.DeclineBelow,
            Test = Judgement.Test,
            OutOfTime = Judgement.OutOfTime,
            Fairness = Judgement.Fairness,
            WithoutSource = Judgement.WithoutSource,
            Importance = Judgement.Importance,
            Points = IssuedPoints.Of(Model.Scoring),
            Refusals = [.. Refusals, .. dataLeakage.Concat(Leakage).Where(finding => finding.Blocks).Select(TrainingProblems.Leak)],
        };
    }
}
