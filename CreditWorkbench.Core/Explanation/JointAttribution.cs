using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Explanation;

/// <summary>Several attributors of one predictor, such as against all applicants and against those just good enough, asked about one row.</summary>
internal static class JointAttribution
{
    /// <summary>What each would say by itself, bit for bit; those with pattern tables of one ensemble answer from one walk over its trees.</summary>
    /// <param name="attributors">The attributors; two with the same players are quicker side by side.</param>
    /// <param name="row">Shape [features].</param>
    public static Outcome<Attribution>[] Explain(ReadOnlySpan<IAttributor> attributors, ReadOnlySpan<float> row)
    {
        if (Walking(attributors) is { } together) return PatternAttributor.ExplainAll(together, row);
        var explained = new Outcome<Attribution>[attributors.Length];
        for (var i = 0; i < attributors.Length; i++) explained[i] = attributors[i].Explain(row);
        return explained;
    }

    // Null unless all of them walk together.
    private static PatternAttributor[]? Walking(ReadOnlySpan<IAttributor> attributors)
    {
        var together = new PatternAttributor[attributors.Length];
        for (var i = 0; i < attributors.Length; i++)
        {
            if (attributors[i] is not PatternAttributor attributor || (i > 0 && !attributor.WalksWith(together[0]))) return null;
            together[i] = attributor;
        }

        return together;
    }
}
