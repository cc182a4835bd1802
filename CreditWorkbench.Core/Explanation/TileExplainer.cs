using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Explanation;

/// <summary>One thread's share of a portfolio explanation: scratch memory of its own, tiles of consecutive rows.</summary>
internal abstract class TileExplainer
{
    /// <summary>Rows of a tile at most.</summary>
    public const int MaxRows = 2048;

    /// <summary>Explained quantities of the rows that were explained last, with the predictor's own bits; shape [count].</summary>
    public double[] Quantities { get; } = new double[MaxRows];

    /// <summary>Explains consecutive rows.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="first">First row to explain.</param>
    /// <param name="contributions">Overwritten, shape [count x features], row-major, in margin units.</param>
    /// <param name="margins">Overwritten with the predictor's own margins, shape [count]; count is at most <see cref="MaxRows"/>.</param>
    /// <returns>A problem that ends the whole explanation; null when there is none.</returns>
    public abstract Problem? Explain(FeatureMatrix rows, int first, Span<float> contributions, Span<double> margins);
}
