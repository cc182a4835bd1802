using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Training;

/// <summary>One boosting run: margins, rounds and early stopping.</summary>
internal sealed class BoostingRun(
    BinnedMatrix matrix, ColumnRule[] rules, byte[] bad, double[]? weights, BoostingSettings settings, Crew crew, CancellationToken cancellation)
{
    private const int BlockRows = 8192;

    private readonly float[] _margins = new float[matrix.Rows];

    /// <summary>Log-odds of the weighted base rate of the training rows.</summary>
    public double BaseValue { get; private set; }

    /// <summary>Grows the trees.</summary>
    /// <param name="training">Rows to learn from, rising.</param>
    /// <param name="stopping">Rows that early stopping watches; empty without it.</param>
    /// <param name="rowsOf">Rows that a tree sees, rising.</param>
    /// <param name="columnsOf">Columns that a tree sees, rising.</param>
    /// <param name="progress">Told the share done.</param>
    public List<GrownNode> Grow(int[] training, int[] stopping, Func<int, int[]> rowsOf, Func<int, int[]> columnsOf, IProgress<double>? progress)
    {
        BaseValue = settings.BaseMargin ?? BaseLogOdds(training);
        Array.Fill(_margins, (float)BaseValue);
        var grower = new BoostingGrower(matrix, rules, ColumnMeetings.Of(settings.MayMeet, rules.Length), settings, crew, cancellation);
        var round = new GradientRound(bad, weights, crew);
        var trees = new List<GrownNode>(settings.Trees);
        var (bestLoss, bestTrees) = (double.PositiveInfinity, 0);
        for (var tree = 0; tree < settings.Trees; tree++)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = rowsOf(tree);
            var (gradientUnit, hessianUnit) = round.Compute(rows, _margins);
            var criterion = new GradientCriterion(gradientUnit, hessianUnit, settings.L2, settings.MinHessian, settings.L1);
            trees.Add(grower.Grow(rows, columnsOf(tree), round.Sums, criterion, weights, _margins));
            if (rows.Length < training.Length) AddToUnseen(trees[^1], training, rows);
            AddTo(trees[^1], stopping);
            progress?.Report((tree + 1.0) / settings.Trees);
            if (stopping.Length == 0 || settings.EarlyStoppingRounds == 0) continue;
            var loss = LogLoss(stopping);
            if (loss < bestLoss) (bestLoss, bestTrees) = (loss, trees.Count);
            else if (trees.Count - bestTrees >= settings.EarlyStoppingRounds) break;
        }

        if (bestTrees > 0) trees.RemoveRange(bestTrees, trees.Count - bestTrees);
        return trees;
    }

    private double BaseLogOdds(int[] rows)
    {
        var (bads, total) = (0.0, 0.0);
        foreach (var row in rows)
        {
            var weight = weights is null ? 1.0 : weights[row];
            bads += weight * bad[row];
            total += weight;
        }

        return ReproducibleMath.Logit(bads / total);
    }

    private void AddToUnseen(GrownNode tree, int[] training, int[] seen)
    {
        var unseen = new int[training.Length - seen.Length];
        var (next, count) = (0, 0);
        foreach (var row in training)
        {
            if (next < seen.Length && seen[next] == row) next++;
            else unseen[count++] = row;
        }

        AddTo(tree, unseen);
    }

    private void AddTo(GrownNode tree, int[] rows)
    {
        var blocks = (rows.Length + BlockRows - 1) / BlockRows;
        crew.Over(blocks, block =>
        {
            for (var i = block * BlockRows; i < Math.Min(rows.Length, (block + 1) * BlockRows); i++)
                _margins[rows[i]] += (float)tree.LeafOf(matrix.Bins.AsSpan(rows[i] * matrix.Stride, matrix.Stride)).Value;
        });
    }

    private double LogLoss(int[] rows)
    {
        var loss = 0.0;
        foreach (var row in rows)
        {
            double signed = bad[row] == 1 ? -_margins[row] : _margins[row];
            var softplus = Math.Max(signed, 0.0) + ReproducibleMath.Log(1.0 + ReproducibleMath.Exp(-Math.Abs(signed)));
            loss += softplus * (weights is null ? 1.0 : weights[row]);
        }

        return loss;
    }
}
