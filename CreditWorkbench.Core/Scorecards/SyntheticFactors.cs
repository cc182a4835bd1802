namespace CreditWorkbench.Core.Scorecards;

/// <summary>Standard normal factors and the variance that loadings on them take.</summary>
/// <param name="log">Where faults go.</param>
internal sealed class SyntheticFactors(ReadingLog log)
{
    private const double Tolerance = 1e-9;

    private readonly Dictionary<(string, string), double> _correlations = [];
    private readonly List<string> _names = [];

    /// <summary>Names in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Adds a factor that loads on earlier ones; its own rest fills the variance up to 1.</summary>
    public void Add(FactorDefinition factor, string path)
    {
        if (_names.Contains(factor.Name))
        {
            log.Error("scorecard.name.duplicate", path, $"There is another factor named {factor.Name}.");
            return;
        }
        Loadings(factor.Loadings, path);
        foreach (var other in _names)
        {
            var covariance = factor.Loadings.Sum(loading => loading.Value * Correlation(loading.Key, other));
            _correlations[(factor.Name, other)] = _correlations[(other, factor.Name)] = covariance;
        }
        _names.Add(factor.Name);
    }

    /// <summary>Checks loadings: on known factors, with a variance of at most 1.</summary>
    public void Loadings(IReadOnlyDictionary<string, double> loadings, string path)
    {
        foreach (var name in loadings.Keys.Where(name => !_names.Contains(name))) log.Error("scorecard.synthetic.factor", path, $"There is no earlier factor {name}.");
        var variance = loadings.Sum(one => loadings.Sum(other => one.Value * other.Value * Correlation(one.Key, other.Key)));
        if (variance > 1.0 + Tolerance) log.Error("scorecard.synthetic.variance", path, $"The loadings take a variance of {ExpressionText.Number(Math.Round(variance, 4))}; at most 1 is there.");
    }

    private double Correlation(string one, string other) => one == other ? 1.0 : _correlations.GetValueOrDefault((one, other));
}
