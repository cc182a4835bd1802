namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks that no term of the stated risk moves against the direction that a model feature declares: the term is worked out
/// along the feature's values while all other names stand still, at several levels.</summary>
internal static class SyntheticDirections
{
    private static readonly double[] Steps =
        [-1e6, -1e4, -100, -10, -3, -1, -0.5, -0.2, 0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1, 1.5, 2, 3, 5, 8, 12, 20, 30, 50, 80, 120, 400, 1e3, 1e4, 1e5, 5e5, 1e6, 2e6, 1e7, 1e8];

    private static readonly double[] Others = [0.0, 0.05, 0.5, 1.0];

    /// <summary>Checks one term against every directed feature that it names.</summary>
    public static void Check(RiskTerm term, ScorecardDefinition definition, string path, ReadingLog log)
    {
        var names = FeatureReach.Direct(term.Value);
        foreach (var feature in definition.ModelFeatures.Where(feature => feature.Direction != RiskDirection.Free && names.Contains(feature.Name)))
            if (Others.Any(level => MovesAgainst(term, feature, Standing(definition, names, level))))
                log.Error("scorecard.synthetic.direction", path, $"The term moves against the direction of {feature.Name}.");
    }

    private static bool MovesAgainst(RiskTerm term, FeatureDefinition feature, Dictionary<string, object> names)
    {
        double? before = null;
        var (low, high) = feature.IsFlag ? (0.0, 1.0) : (feature.Minimum ?? double.NegativeInfinity, feature.Maximum ?? double.PositiveInfinity);
        foreach (var step in Steps.Where(step => step >= low && step <= high && (!feature.IsFlag || step is 0.0 or 1.0)))
        {
            names[feature.Name] = step;
            if (ExpressionProbe.Number(term.Value, names) is not { } value) continue;
            var rise = term.Weight * (value - before.GetValueOrDefault(value));
            var tolerance = 1e-9 * (1.0 + Math.Abs(term.Weight * value));
            if (feature.Direction == RiskDirection.Rises ? rise < -tolerance : rise > tolerance) return true;
            before = value;
        }
        return false;
    }

    private static Dictionary<string, object> Standing(ScorecardDefinition definition, IReadOnlyList<string> names, double level)
    {
        var standing = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (definition.Input(name) is { } input)
                standing[name] = input.Values.Count > 0 ? input.Values[(int)(level * (input.Values.Count - 1))].Code : ExpressionProbe.At(input.Minimum, input.Maximum, level);
            else
                standing[name] = ExpressionProbe.At(definition.Feature(name)?.Minimum ?? -1.0, definition.Feature(name)?.Maximum ?? 3.0, level);
        }
        return standing;
    }
}
