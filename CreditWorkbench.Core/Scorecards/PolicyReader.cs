using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads policy and leakage limits.</summary>
internal static class PolicyReader
{
    /// <summary>Name of the one boundary of a binary baseline.</summary>
    public const string BinaryBoundary = "bad";

    private const double StandardClockHours = 24.0;

    /// <summary>Words of verdicts.</summary>
    public static IReadOnlyDictionary<string, RuleVerdict> Verdicts { get; } = new Dictionary<string, RuleVerdict>
    {
        ["refer"] = RuleVerdict.Refer,
        ["decline"] = RuleVerdict.Decline,
        ["cap"] = RuleVerdict.Cap,
    };

    /// <summary>Words of override rights.</summary>
    public static IReadOnlyDictionary<string, OverrideRight> Overrides { get; } = new Dictionary<string, OverrideRight>
    {
        ["none"] = OverrideRight.None,
        ["low_side"] = OverrideRight.LowSide,
        ["high_side"] = OverrideRight.HighSide,
        ["both"] = OverrideRight.Both,
    };

    private static readonly HashSet<string> LeakageMeasures = new(StringComparer.Ordinal) { "feature_auc", "importance", "iv" };

    /// <summary>The policy.</summary>
    public static PolicyDefinition Policy(DictionaryElement root)
    {
        var element = root.Required("policy");
        var cutoffs = element.Required("cutoffs");
        var policy = new PolicyDefinition
        {
            Automatic = element.Flag("automatic", false),
            Rules = [.. element.Elements("rules").Select(Rule)],
            ApproveFrom = cutoffs.Integer("approve_from"),
            DeclineBelow = cutoffs.Integer("decline_below"),
            Authority = [.. element.Elements("authority").Select(Authority)],
            Baseline = Baseline(element),
            Limits = Limits(element),
            VersionDate = element.DateOrNull("version_date"),
            Referral = Referral(element),
        };
        cutoffs.Close();
        element.Close();
        return policy;
    }

    /// <summary>Leakage limits; null when absent.</summary>
    public static LeakageDefinition? Leakage(DictionaryElement root)
    {
        if (root.Child("leakage") is not { } element) return null;
        var leakage = new LeakageDefinition(Measures(element, "max_"), Measures(element, "warn_"), element.Texts("never_in_model"), element.TextMap("watch"));
        element.Close();
        return leakage;
    }

    private static Dictionary<string, double> Measures(DictionaryElement element, string prefix) =>
        element.Keys
            .Where(key => key.StartsWith(prefix, StringComparison.Ordinal) && LeakageMeasures.Contains(key[prefix.Length..]))
            .ToDictionary(key => key[prefix.Length..], key => element.Number(key));

    private static PolicyRule Rule(DictionaryElement element)
    {
        var rule = new PolicyRule(element.TextOrNull("code") ?? "", element.Expression("when"), element.TextOrNull("when") ?? "",
            element.Choice("verdict", Verdicts, mandatory: true), element.TextOrNull("lawful"), element.ExpressionOrNull("cap_to"));
        element.Close();
        return rule;
    }

    private static AuthorityDefinition Authority(DictionaryElement element)
    {
        var upTo = 0m;
        if (element.Mandatory("up_to") is not null && !decimal.TryParse(element.Text("up_to"), NumberStyles.Float, CultureInfo.InvariantCulture, out upTo))
            element.Fault("scorecard.value.type", "up_to", $"'{element.Text("up_to")}' is not an amount.");
        var authority = new AuthorityDefinition(element.TextOrNull("role") ?? "", upTo, element.Choice("override", Overrides), element.Flag("second_pair", false));
        element.Close();
        return authority;
    }

    private static IReadOnlyList<KeyValuePair<string, Expression>> Baseline(DictionaryElement policy)
    {
        if (policy.Node("baseline") is not MappingNode)
            return policy.ExpressionOrNull("baseline") is { } single ? [new(BinaryBoundary, single)] : [];
        var boundaries = policy.Required("baseline");
        return [.. boundaries.Keys.Select(name => KeyValuePair.Create(name, boundaries.Expression(name)))];
    }

    private static OfferLimits? Limits(DictionaryElement policy)
    {
        if (policy.Child("limits") is not { } element) return null;
        var (maxAmount, maxAmountBy) = element.NumberOrExpression("max_amount");
        var limits = new OfferLimits(element.NumberOrNull("min_amount"), maxAmount, element.IntegerOrNull("min_term_months"), element.IntegerOrNull("max_term_months"))
        {
            MaxAmountBy = maxAmountBy,
            MaxDebtService = element.NumberOrNull("max_dsr"),
        };
        element.Close();
        return limits;
    }

    private static ReferralDefinition Referral(DictionaryElement policy)
    {
        if (policy.Child("referral") is not { } element) return new(null, StandardClockHours);
        var referral = new ReferralDefinition(element.IntegerOrNull("max_per_day"), element.Number("hours", StandardClockHours));
        element.Close();
        return referral;
    }
}
