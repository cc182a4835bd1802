using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Holds the trained model against the directions that the dictionary declares: what trained it is not trusted to have kept
/// them.</summary>
internal static class DirectionStep
{
    private const int MostPoints = 500;
    private const int MostSteps = 50;

    // Sums of other families round anew at every point; a step back by so little is no step back.
    private const double Rounding = 1e-12;

    /// <summary>One refusal per column whose direction the model breaks; empty when all hold.</summary>
    /// <param name="predictor">The model.</param>
    /// <param name="program">Program of the dictionary, which declares the directions.</param>
    /// <param name="held">Held-out rows to sweep from.</param>
    /// <param name="threads">Threads at most.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public static List<Problem> Check(Predictor predictor, FeatureProgram program, FeatureMatrix held, int threads, CancellationToken cancellation)
    {
        var points = new FeatureMatrix(program.Columns, held.Rows, held.Values);
        if (predictor is not TreeEnsemble ensemble) return Sweep(predictor, points, threads, cancellation);
        var report = DirectionVerifier.Verify(ensemble, points, threads: threads, cancellation: cancellation);
        return [.. report.Findings.Where(finding => finding.Violations.Count > 0).Select(TrainingProblems.Direction)];
    }

    // Families without split points are swept over values that occur, at evenly spread rows.
    private static List<Problem> Sweep(Predictor predictor, FeatureMatrix points, int threads, CancellationToken cancellation)
    {
        var swept = Math.Min(MostPoints, points.Rows);
        var rows = points.Take([.. Enumerable.Range(0, swept).Select(i => (int)((long)i * points.Rows / swept))]);
        var problems = new List<Problem>();
        for (var column = 0; column < points.Columns.Count; column++)
        {
            var (name, direction) = (points.Columns[column].Name, Math.Sign(points.Columns[column].Direction));
            if (direction == 0 || points.Columns[column].IsCategory) continue;
            var violations = Violations(predictor, rows, column, direction, Grid(points.Column(column)), threads, cancellation);
            if (violations.Count > 0) problems.Add(TrainingProblems.Direction(new DirectionFinding(name, direction, false, MostSteps, violations)));
        }

        return problems;
    }

    private static List<DirectionViolation> Violations(Predictor predictor, FeatureMatrix rows, int column, int direction, float[] grid, int threads, CancellationToken cancellation)
    {
        var violations = new List<DirectionViolation>();
        var sign = predictor.Link.Kind == LinkKind.Ordinal ? -direction : direction;
        var moved = new FeatureMatrix(rows.Columns, rows.Rows, (float[])rows.Values.Clone());
        double[]? before = null;
        for (var step = 0; step < grid.Length; step++)
        {
            moved.Values.AsSpan(column * rows.Rows, rows.Rows).Fill(grid[step]);
            var after = Quantities.Of(predictor, moved, threads, cancellation);
            for (var row = 0; before is not null && row < after.Length; row++)
            {
                if (sign * (after[row] - before[row]) < -Rounding * Math.Max(1.0, Math.Abs(before[row])))
                    violations.Add(new DirectionViolation(row, grid[step - 1], grid[step], before[row], after[row]));
            }

            before = after;
        }

        return violations;
    }

    private static float[] Grid(ReadOnlySpan<float> cells)
    {
        var values = new List<float>();
        foreach (var cell in cells)
        {
            if (float.IsFinite(cell)) values.Add(cell);
        }

        float[] distinct = [.. values.Distinct().Order()];
        return distinct.Length <= MostSteps ? distinct : [.. Enumerable.Range(0, MostSteps).Select(i => distinct[(int)((long)i * (distinct.Length - 1) / (MostSteps - 1))])];
    }
}
