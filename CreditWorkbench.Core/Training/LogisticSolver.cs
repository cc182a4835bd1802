using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Training;

/// <summary>Fits the coefficients of a logistic regression under bounds and penalties.</summary>
/// <remarks>Proximal Newton method (Lee, Sun and Saunders, 2014): each step minimises the quadratic model exactly under the same
/// bounds and penalties, and is halved until the loss falls enough. The objective is strictly convex, so there is one answer.</remarks>
internal static class LogisticSolver
{
    private const int MostSteps = 100;
    private const int MostHalvings = 50;
    private const double Tolerance = 1e-11;
    private const double SufficientShare = 1e-4;

    /// <summary>Coefficients at the minimum: one per input, then the intercept.</summary>
    /// <param name="design">Rows.</param>
    /// <param name="bad">Outcomes, both present.</param>
    /// <param name="weights">Row weights, or null.</param>
    /// <param name="rules">Bounds and penalties.</param>
    /// <param name="threads">Threads to use; the result does not depend on them.</param>
    /// <param name="progress">Told the share of what has been gained so far, in (0, 1).</param>
    /// <param name="cancellation">Stops between ranges of rows.</param>
    public static double[] Fit(
        LogisticDesign design, byte[] bad, double[]? weights, CoefficientRules rules, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        var objective = new LogisticObjective(design, bad, weights, rules, threads, cancellation);
        var point = Start(bad, weights, rules);
        var loss = objective.Evaluate(point) + rules.LassoLoss(point);
        for (var step = 0; step < MostSteps && Violation(objective.Gradient, point, rules) > Tolerance; step++)
        {
            var gradient = (double[])objective.Gradient.Clone();
            var target = BoundedQuadratic.Minimise(objective.Hessian, gradient, point, rules);
            if (Descend(objective, rules, gradient, point, target, loss) is not { } next) break;
            (point, loss) = next;
            progress?.Report((step + 1.0) / (step + 2.0));
        }

        return point;
    }

    /// <summary>The first of step, half step, quarter step ... that lowers the loss by a share of what its slope promises; null where
    /// none does, which is the minimum to the precision of the loss.</summary>
    private static (double[] Point, double Loss)? Descend(
        LogisticObjective objective, CoefficientRules rules, double[] gradient, double[] point, double[] target, double loss)
    {
        var promised = rules.LassoLoss(target) - rules.LassoLoss(point);
        for (var i = 0; i < point.Length; i++) promised += gradient[i] * (target[i] - point[i]);
        var share = 1.0;
        for (var halving = 0; halving < MostHalvings; halving++, share /= 2.0)
        {
            var trial = new double[point.Length];
            for (var i = 0; i < trial.Length; i++) trial[i] = halving == 0 ? target[i] : point[i] + share * (target[i] - point[i]);
            var trialLoss = objective.Evaluate(trial) + rules.LassoLoss(trial);

            // Near the minimum the loss has no digits left to fall by, while the step is still worth taking.
            if (trialLoss <= loss + SufficientShare * share * promised || (halving == 0 && -promised < 1e-12 * Math.Abs(loss))) return (trial, trialLoss);
        }

        return null;
    }

    /// <summary>No effect but the base rate, moved into bounds.</summary>
    private static double[] Start(byte[] bad, double[]? weights, CoefficientRules rules)
    {
        var (goods, bads) = (0.0, 0.0);
        for (var row = 0; row < bad.Length; row++)
        {
            if (bad[row] == 1) bads += weights?[row] ?? 1.0;
            else goods += weights?[row] ?? 1.0;
        }

        var point = new double[rules.Least.Length + 1];
        for (var i = 0; i < rules.Least.Length; i++) point[i] = Math.Clamp(0.0, rules.Least[i], rules.Most[i]);
        point[^1] = ReproducibleMath.Log(bads / goods);
        return point;
    }

    private static double Violation(double[] gradient, double[] point, CoefficientRules rules)
    {
        var worst = 0.0;
        for (var i = 0; i < point.Length; i++) worst = Math.Max(worst, rules.Violation(i, point[i], gradient[i]));
        return worst;
    }
}
