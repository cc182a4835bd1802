using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks rules, baseline, cut-offs, limits and authority.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
/// <param name="scopes">Scopes.</param>
internal sealed class PolicyChecks(ScorecardDefinition definition, ReadingLog log, ScorecardScopes scopes)
{
    private static readonly HashSet<string> Roles = new(StringComparer.Ordinal) { "LoanOfficer", "SeniorOfficer", "CreditCommittee" };

    private readonly FeatureReach _reach = new(definition);

    private PolicyDefinition Policy => definition.Policy;

    /// <summary>Runs the checks.</summary>
    public void Run()
    {
        var facts = scopes.Facts();
        for (var i = 0; i < Policy.Rules.Count; i++) Rule(Policy.Rules[i], string.Create(CultureInfo.InvariantCulture, $"policy.rules[{i}]"), facts);
        foreach (var (_, expression) in Policy.Baseline) scopes.Demand(expression, ExpressionKind.Number, "the baseline", "policy.baseline", facts);
        Baseline();
        Cutoffs();
        Limits();
        for (var i = 0; i < Policy.Authority.Count; i++) Authority(i, string.Create(CultureInfo.InvariantCulture, $"policy.authority[{i}]"));
        if (Policy.Referral.CapacityPerDay is <= 0 || Policy.Referral.ClockHours <= 0.0) log.Error("scorecard.range", "policy.referral", "Capacity and clock are above 0.");
    }

    private void Rule(PolicyRule rule, string path, NameScope facts)
    {
        if (rule.Code.Length == 0) log.Error("scorecard.rule.code", path, "A rule has a reason code.");
        else if (definition.Reason(rule.Code) is null) log.Error("scorecard.rule.code", $"{path}.code", $"There is no reason {rule.Code}.");
        scopes.Demand(rule.When, ExpressionKind.Flag, "when", $"{path}.when", facts);
        scopes.Demand(rule.CapTo, ExpressionKind.Number, "cap_to", $"{path}.cap_to", facts);
        if ((rule.Verdict == RuleVerdict.Cap) != (rule.CapTo is not null)) log.Error("scorecard.rule.cap", path, "A rule that caps, and only that, states cap_to.");
        if (string.IsNullOrWhiteSpace(rule.Lawful) && SensitiveChecks.Sensitive(rule.When, definition, _reach) is { } sensitive)
            log.Error("scorecard.rule.lawful", path, $"The rule reads a sensitive input ({sensitive}) and states no lawful ground.");
    }

    private void Baseline()
    {
        var expected = definition.Target.IsOrdinal ? definition.Target.Classes.Count - 1 : 1;
        if (Policy.Baseline.Count > 0 && Policy.Baseline.Count != expected)
            log.Error("scorecard.baseline", "policy.baseline", definition.Target.IsOrdinal ? "An ordinal baseline has one expression per boundary between classes." : "A binary baseline is one expression.");
    }

    private void Cutoffs()
    {
        var (scale, policy) = (definition.Scale, Policy);
        if (policy.DeclineBelow > policy.ApproveFrom) log.Error("scorecard.cutoffs", "policy.cutoffs", "decline_below lies at or below approve_from.");
        foreach (var (name, points) in new[] { ("approve_from", policy.ApproveFrom), ("decline_below", policy.DeclineBelow) })
            if (points < scale.Min || points > scale.Max)
                log.Error("scorecard.cutoffs", $"policy.cutoffs.{name}", $"{points} lies outside the scale, {scale.Min} to {scale.Max}.");
    }

    private void Limits()
    {
        if (Policy.Limits is not { } limits) return;
        if (limits.MinAmount > limits.MaxAmount || limits.MinTermMonths > limits.MaxTermMonths)
            log.Error("scorecard.range.reversed", "policy.limits", "A limit runs from low to high.");
        if (limits.MaxDebtService is <= 0.0) log.Error("scorecard.range", "policy.limits.max_dsr", "A share of income above 0 is expected.");
        scopes.Demand(limits.MaxAmountBy, ExpressionKind.Number, "max_amount", "policy.limits.max_amount", scopes.Costs());
    }

    private void Authority(int i, string path)
    {
        var authority = Policy.Authority[i];
        if (authority.Role.Length == 0) log.Error("scorecard.authority.role", path, "An authority names its role.");
        else if (!Roles.Contains(authority.Role)) log.Error("scorecard.authority.role", $"{path}.role", $"'{authority.Role}' is not one of {string.Join(", ", Roles)}.");
        if (Policy.Authority.Take(i).Any(other => other.Role == authority.Role)) log.Error("scorecard.name.duplicate", $"{path}.role", $"{authority.Role} has an authority already.");
        if (authority.UpTo <= 0) log.Error("scorecard.range", $"{path}.up_to", "An authority reaches up to an amount above 0.");
    }
}
