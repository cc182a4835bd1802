using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Two attributors of one predictor, such as against all applicants and against those just good enough, asked about one row.</summary>
internal static class AttributorPair
{
    /// <summary>What each would say by itself, bit for bit; from one walk over the trees where both have pattern tables of the same plan.</summary>
    /// <param name="one">An attributor.</param>
    /// <param name="other">Another of the same predictor.</param>
    /// <param name="row">Shape [features].</param>
    public static (Outcome<Attribution> One, Outcome<Attribution> Other) Explain(IAttributor one, IAttributor other, ReadOnlySpan<float> row) =>
        one is PatternAttributor first && other is PatternAttributor second && first.SharesPlanWith(second)
            ? first.ExplainWith(second, row)
            : (one.Explain(row), other.Explain(row));
}
