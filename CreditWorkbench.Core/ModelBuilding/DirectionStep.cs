using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Holds the trained model against the directions that the dictionary declares: what trained it is not trusted to have kept
/// them.</summary>
internal static class DirectionStep
{
    /// <summary>One refusal per column whose direction the model breaks; empty when all hold.</summary>
    /// <param name="ensemble">The model.</param>
    /// <param name="program">Program of the dictionary, which declares the directions.</param>
    /// <param name="held">Held-out rows to sweep from.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static List<Problem> Check(TreeEnsemble ensemble, FeatureProgram program, FeatureMatrix held, int threads, CancellationToken cancellation)
    {
        var points = new FeatureMatrix(program.Columns, held.Rows, held.Values);
        var report = DirectionVerifier.Verify(ensemble, points, threads: threads, cancellation: cancellation);
        return [.. report.Findings.Where(finding => finding.Violations.Count > 0).Select(TrainingProblems.Direction)];
    }
}
