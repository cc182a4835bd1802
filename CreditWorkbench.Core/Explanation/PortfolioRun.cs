using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Explanation;

/// <summary>One call of a portfolio explainer: threads take tiles of rows in turn and write disjoint parts of the result.</summary>
internal sealed class PortfolioRun(
    PortfolioExplainer explainer, FeatureMatrix rows, PortfolioShap result, int tileRows, IProgress<double>? progress, CancellationToken cancellation)
{
    private readonly int _tiles = (rows.Rows + tileRows - 1) / tileRows;
    private readonly Lock _gate = new();
    private int _next = -1;
    private int _done;
    private (int Tile, Problem Problem)? _firstProblem;

    /// <summary>Explains all tiles.</summary>
    /// <returns>The problem of the earliest tile that has one, whichever thread met it; null without.</returns>
    public Problem? Run(int threads)
    {
        cancellation.ThrowIfCancellationRequested();
        threads = Math.Min(threads, _tiles);
        if (threads <= 1) Work();
        else Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, _ => Work());
        cancellation.ThrowIfCancellationRequested();
        return _firstProblem?.Problem;
    }

    private void Work()
    {
        var worker = default(TileExplainer);
        for (var tile = Interlocked.Increment(ref _next); tile < _tiles && !cancellation.IsCancellationRequested; tile = Interlocked.Increment(ref _next))
        {
            worker ??= explainer.NewTile();
            var problem = ExplainTile(worker, tile * tileRows);
            lock (_gate)
            {
                if (problem is not null && (_firstProblem is null || tile < _firstProblem.Value.Tile)) _firstProblem = (tile, problem);
                progress?.Report(++_done / (double)_tiles);
            }
        }
    }

    private Problem? ExplainTile(TileExplainer worker, int first)
    {
        var count = Math.Min(tileRows, rows.Rows - first);
        var contributions = result.Contributions.AsSpan(first * result.Features, count * result.Features);
        var margins = result.Margins.AsSpan(first, count);
        return worker.Explain(rows, first, contributions, margins) ?? PortfolioExplainer.Check(first, result.Base, contributions, margins);
    }
}
