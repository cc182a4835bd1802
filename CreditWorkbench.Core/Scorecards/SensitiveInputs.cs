namespace CreditWorkbench.Core.Scorecards;

/// <summary>Sensitive inputs of a dictionary, by who may read them.</summary>
public static class SensitiveInputs
{
    /// <summary>Those that a rule of policy with a lawful ground reads, directly or through features.</summary>
    public static IReadOnlySet<string> ReadByPolicy(ScorecardDefinition definition)
    {
        var reach = new FeatureReach(definition);
        var read = definition.Policy.Rules.Where(rule => !string.IsNullOrWhiteSpace(rule.Lawful))
            .SelectMany(rule => new[] { rule.When, rule.CapTo }.OfType<Expression>())
            .SelectMany(expression => FeatureReach.Direct(expression)).SelectMany(reach.Of).ToHashSet(StringComparer.Ordinal);
        return NamesOf(definition, read.Contains);
    }

    /// <summary>Those that nothing but an audit reads.</summary>
    public static IReadOnlySet<string> ForAuditsOnly(ScorecardDefinition definition)
    {
        var ofRules = ReadByPolicy(definition);
        return NamesOf(definition, name => !ofRules.Contains(name));
    }

    private static HashSet<string> NamesOf(ScorecardDefinition definition, Func<string, bool> wanted) =>
        definition.Inputs.Where(input => input.Sensitive && wanted(input.Name)).Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
}
