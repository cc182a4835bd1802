using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Metrics;

/// <summary>Outcomes sorted once by risk, riskiest first, equal risks in one group: what every ranking metric reads.</summary>
/// <remarks>Group g holds <c>Bad[g]</c> bad and <c>Good[g]</c> good rows of risk <c>Risk[g]</c>; risks fall strictly with g.
/// The order of the rows does not matter to the result.</remarks>
public sealed class RankedOutcomes
{
    private RankedOutcomes(double[] risk, int[] good, int[] bad) => (Risk, Good, Bad, GoodCount, BadCount) = (risk, good, bad, good.Sum(), bad.Sum());

    /// <summary>Distinct risks, falling; shape [groups].</summary>
    public IReadOnlyList<double> Risk { get; }

    /// <summary>Good rows per group.</summary>
    public int[] Good { get; }

    /// <summary>Bad rows per group.</summary>
    public int[] Bad { get; }

    /// <summary>Good rows in all.</summary>
    public int GoodCount { get; }

    /// <summary>Bad rows in all.</summary>
    public int BadCount { get; }

    /// <summary>Rows in all.</summary>
    public int Count => GoodCount + BadCount;

    /// <summary>Number of distinct risks.</summary>
    public int Groups => Good.Length;

    /// <summary>Sorts rows by risk. O(n log n).</summary>
    /// <param name="risk">Shape [n]; higher is riskier; any unit; infinite values are allowed.</param>
    /// <param name="bad">Outcome per row, shape [n], same order.</param>
    /// <exception cref="ArgumentException">Lengths differ, a risk is NaN, or only one outcome is present.</exception>
    public static RankedOutcomes Of(ReadOnlySpan<double> risk, ReadOnlySpan<bool> bad)
    {
        if (risk.Length != bad.Length) throw new ArgumentException($"{risk.Length} risks, {bad.Length} outcomes.", nameof(bad));
        foreach (var value in risk)
        {
            if (double.IsNaN(value)) throw new ArgumentException("A risk is a number.", nameof(risk));
        }

        var ranked = Group(RowOrder.Rising(risk), bad);
        return ranked.GoodCount > 0 && ranked.BadCount > 0 ? ranked
            : throw new ArgumentException("Ranking needs at least one good and one bad outcome.", nameof(bad));
    }

    private static RankedOutcomes Group(RowOrder.Entry[] rising, ReadOnlySpan<bool> bad)
    {
        var (risks, goods, bads) = (new double[rising.Length], new int[rising.Length], new int[rising.Length]);
        var groups = 0;
        for (var i = rising.Length - 1; i >= 0; i--)
        {
            if (groups == 0 || risks[groups - 1] != rising[i].Value) risks[groups++] = rising[i].Value;
            var outcome = bad[rising[i].Row] ? 1 : 0;
            bads[groups - 1] += outcome;
            goods[groups - 1] += 1 - outcome;
        }

        return new RankedOutcomes(risks[..groups], goods[..groups], bads[..groups]);
    }
}
