using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>A sum of factors plus an independent rest with variance 1 in all.</summary>
/// <param name="Slots">Slot of each factor.</param>
/// <param name="Weights">Loading of each factor.</param>
/// <param name="Rest">Standard deviation of the rest.</param>
internal sealed record FactorLoadings(int[] Slots, double[] Weights, double Rest)
{
    /// <summary>The standard normal value of a row.</summary>
    /// <param name="slots">The row; factors stand in their slots.</param>
    /// <param name="rest">Standard normal draw.</param>
    public double Combine(ReadOnlySpan<double> slots, double rest)
    {
        var sum = Rest * rest;
        for (var i = 0; i < Slots.Length; i++) sum += Weights[i] * slots[Slots[i]];
        return sum;
    }
}

/// <summary>Works out the rest that each sum of correlated factors leaves.</summary>
internal sealed class FactorCorrelations
{
    private readonly List<string> _names = [];
    private readonly List<List<double>> _correlations = [];

    /// <summary>Adds a factor with loadings on earlier ones.</summary>
    public FactorLoadings Add(FactorDefinition factor, Func<string, int> slotOf)
    {
        var loadings = Of(factor.Name, factor.Loadings, slotOf);
        var withEarlier = new List<double>();
        for (var other = 0; other < _names.Count; other++) withEarlier.Add(_names.Select((name, i) => factor.Loadings.GetValueOrDefault(name) * Correlation(i, other)).Sum());
        withEarlier.Add(1);
        _names.Add(factor.Name);
        _correlations.Add(withEarlier);
        return loadings;
    }

    /// <summary>Loadings of any standard normal value on the factors so far.</summary>
    /// <exception cref="ArgumentException">A factor is unknown, or the loadings alone have a variance above 1.</exception>
    public FactorLoadings Of(string name, IReadOnlyDictionary<string, double> loadings, Func<string, int> slotOf)
    {
        var explained = 0.0;
        foreach (var (left, leftWeight) in loadings)
        {
            foreach (var (right, rightWeight) in loadings) explained += leftWeight * rightWeight * Correlation(IndexOf(name, left), IndexOf(name, right));
        }

        if (explained > 1 + 1e-12) throw new ArgumentException($"The loadings of {name} have a variance of {explained}, which is above 1.", nameof(loadings));
        return new FactorLoadings([.. loadings.Keys.Select(slotOf)], [.. loadings.Values], Math.Sqrt(Math.Max(0, 1 - explained)));
    }

    private double Correlation(int left, int right) => left >= right ? _correlations[left][right] : _correlations[right][left];

    private int IndexOf(string name, string factor)
    {
        var index = _names.IndexOf(factor);
        return index >= 0 ? index : throw new ArgumentException($"{name} loads on {factor}, which is no earlier factor.", nameof(factor));
    }
}
