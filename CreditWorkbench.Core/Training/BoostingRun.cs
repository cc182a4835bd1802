using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Training;

/// <summary>One boosting run: margins, rounds and early stopping.</summary>
/// <param name="matrix">Bins of training and stopping rows.</param>
/// <param name="rules">What splits must respect, per column.</param>
/// <param name="bad">1 for bad, 0 for good.</param>
/// <param name="weights">Row weights, or null for ones.</param>
/// <param name="settings">How to train.</param>
/// <param name="crew">Threads.</param>
/// <param name="cancellation">Stops between nodes.</param>
internal sealed class BoostingRun(
    BinnedMatrix matrix, ColumnRule[] rules, byte[] bad, double[]? weights, BoostingSettings settings, Crew crew, CancellationToken cancellation)
{
    private const int BlockRows = 8192;

    private readonly TreeWalk _walk = new();

    /// <summary>Log-odds of the weighted base rate of all rows that trees may see.</summary>
    public double BaseLogOdds(RowSampler sampler)
    {
        var (bads, total, next) = (0.0, 0.0, 0);
        for (var row = 0; row < bad.Length; row++)
        {
            if (next < sampler.Stopping.Length && sampler.Stopping[next] == row)
            {
                next++;
                continue;
            }

            var weight = weights is null ? 1.0 : weights[row];
            bads += weight * bad[row];
            total += weight;
        }

        return ReproducibleMath.Logit(bads / total);
    }

    /// <summary>Grows the trees.</summary>
    /// <param name="sampler">Rows and columns of each tree.</param>
    /// <param name="margins">Log-odds per row to start from; moved on by every tree.</param>
    /// <param name="mayKeepNone">Whether early stopping may find that no tree helped; otherwise it keeps at least one.</param>
    /// <param name="progress">Told the share done.</param>
    /// <returns>The trees; with early stopping those up to the best round.</returns>
    public List<GrownNode> Grow(RowSampler sampler, float[] margins, bool mayKeepNone, IProgress<double>? progress)
    {
        var grower = new BoostingGrower(matrix, rules, ColumnMeetings.Of(settings.MayMeet, rules.Length), settings, crew, cancellation);
        var round = new GradientRound(bad, weights, crew);
        var trees = new List<GrownNode>(settings.Trees);
        var watches = sampler.Stopping.Length > 0 && settings.EarlyStoppingRounds > 0;
        var (bestLoss, bestTrees) = (watches && mayKeepNone ? LogLoss(sampler.Stopping, margins) : double.PositiveInfinity, 0);
        for (var tree = 0; tree < settings.Trees; tree++)
        {
            cancellation.ThrowIfCancellationRequested();
            var count = sampler.Rows(tree, grower.Rows);
            var (gradientUnit, hessianUnit) = round.Compute(grower.Rows.AsMemory(0, count), margins);
            var criterion = new GradientCriterion(gradientUnit, hessianUnit, settings.L2, settings.MinHessian, settings.L1);
            trees.Add(grower.Grow(count, sampler.Columns(tree), round.Sums, criterion, weights, margins));
            AddToUnseen(trees[^1], grower.Rows.AsMemory(count, sampler.TrainingCount - count), sampler.Stopping, margins);
            progress?.Report((tree + 1.0) / settings.Trees);
            if (!watches) continue;
            var loss = LogLoss(sampler.Stopping, margins);
            if (loss < bestLoss) (bestLoss, bestTrees) = (loss, trees.Count);
            else if (trees.Count - bestTrees >= settings.EarlyStoppingRounds) break;
        }

        if (watches) trees.RemoveRange(bestTrees, trees.Count - bestTrees);
        return trees;
    }

    private void AddToUnseen(GrownNode tree, ReadOnlyMemory<int> leftOut, ReadOnlyMemory<int> stopping, float[] margins)
    {
        if (leftOut.Length + stopping.Length == 0) return;
        _walk.Read(tree);
        foreach (var rows in new[] { leftOut, stopping })
        {
            crew.Over((rows.Length + BlockRows - 1) / BlockRows, block =>
                _walk.AddTo(matrix, rows.Span.Slice(block * BlockRows, Math.Min(BlockRows, rows.Length - block * BlockRows)), margins));
        }
    }

    private double LogLoss(int[] rows, float[] margins)
    {
        var loss = 0.0;
        foreach (var row in rows)
        {
            double signed = bad[row] == 1 ? -margins[row] : margins[row];
            var softplus = Math.Max(signed, 0.0) + ReproducibleMath.Log(1.0 + ReproducibleMath.Exp(-Math.Abs(signed)));
            loss += softplus * (weights is null ? 1.0 : weights[row]);
        }

        return loss;
    }
}
