using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Explanation;

/// <summary>One thread's share of the interaction values of many rows: scratch memory of its own, tiles of consecutive rows.</summary>
internal abstract class InteractionTile
{
    /// <summary>Explains consecutive rows.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="first">First row to explain.</param>
    /// <param name="values">Overwritten, shape [count x features x features], in margin units.</param>
    /// <param name="margins">Overwritten, shape [count].</param>
    /// <returns>A problem that ends the whole explanation; null when there is none.</returns>
    public abstract Problem? Explain(FeatureMatrix rows, int first, Span<float> values, Span<double> margins);
}
