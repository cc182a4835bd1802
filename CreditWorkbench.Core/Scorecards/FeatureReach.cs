namespace CreditWorkbench.Core.Scorecards;

/// <summary>Which inputs and features a name is worked out from.</summary>
internal sealed class FeatureReach
{
    private readonly Dictionary<string, IReadOnlyList<string>> _direct = new(StringComparer.Ordinal);

    /// <summary>Reach over the features of a definition.</summary>
    public FeatureReach(ScorecardDefinition definition)
    {
        foreach (var feature in StagedInputs.FeaturesOf(definition)) _direct.TryAdd(feature.Name, Direct(feature));
    }

    /// <summary>Names that an expression reads directly.</summary>
    public static IReadOnlyList<string> Direct(Expression expression) =>
        [.. ExpressionNames.References(expression).Where(name => name.Table is null).Select(name => name.Name).Distinct()];

    /// <summary>Everything that a name rests on, itself included; a passed-through input and its feature share one name.</summary>
    public IReadOnlySet<string> Of(string name)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([name]);
        while (open.TryPop(out var next))
            if (reached.Add(next))
                foreach (var below in _direct.GetValueOrDefault(next, [])) open.Push(below);
        return reached;
    }

    /// <summary>The shortest path from a name to one that fulfils a condition, both ends included; null when there is none.</summary>
    public IReadOnlyList<string>? Path(string from, Func<string, bool> sought)
    {
        var cameFrom = new Dictionary<string, string?>(StringComparer.Ordinal) { [from] = null };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var next))
        {
            if (sought(next)) return Back(next, cameFrom);
            foreach (var below in _direct.GetValueOrDefault(next, []))
                if (cameFrom.TryAdd(below, next)) open.Enqueue(below);
        }
        return null;
    }

    private static IReadOnlyList<string> Direct(FeatureDefinition feature) =>
        feature.Expression is { } expression ? Direct(expression) : feature.From is { } input && input != feature.Name ? [input] : [];

    private static List<string> Back(string end, Dictionary<string, string?> cameFrom)
    {
        var path = new List<string>();
        for (var at = end; at is not null; at = cameFrom[at]) path.Insert(0, at);
        return path;
    }
}
