namespace CreditWorkbench.Core.Metrics;

/// <summary>How strongly a binned feature separates good from bad.</summary>
public static class InformationValue
{
    /// <summary>Sum over bins of (good share - bad share) x weight of evidence; at least 0. Half a row is added to each cell.</summary>
    /// <param name="good">Good rows per bin.</param>
    /// <param name="bad">Bad rows per bin, same order.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <remarks>Siddiqi (2006); bins without any row add nothing.</remarks>
    public static double Of(ReadOnlySpan<int> good, ReadOnlySpan<int> bad)
    {
        if (good.Length != bad.Length) throw new ArgumentException($"{good.Length} and {bad.Length} bins.", nameof(bad));
        double goods = 0, bads = 0;
        for (var i = 0; i < good.Length; i++)
        {
            if (good[i] + bad[i] == 0) continue;
            goods += good[i] + 0.5;
            bads += bad[i] + 0.5;
        }

        var sum = 0.0;
        for (var i = 0; i < good.Length; i++)
        {
            if (good[i] + bad[i] == 0) continue;
            var (goodShare, badShare) = ((good[i] + 0.5) / goods, (bad[i] + 0.5) / bads);
            sum += (goodShare - badShare) * Math.Log(goodShare / badShare);
        }

        return sum;
    }
}
