namespace CreditWorkbench.Core.Scorecards;

/// <summary>What a rule asks for when it fires.</summary>
public enum RuleVerdict
{
    /// <summary>Send to a person.</summary>
    Refer,
    /// <summary>Decline.</summary>
    Decline,
    /// <summary>Limit the amount.</summary>
    Cap,
}

/// <summary>What an authority may override.</summary>
public enum OverrideRight
{
    /// <summary>Nothing.</summary>
    None,
    /// <summary>Approve below the cut-off.</summary>
    LowSide,
    /// <summary>Decline above the cut-off.</summary>
    HighSide,
    /// <summary>Both.</summary>
    Both,
}

/// <summary>A hard rule. A condition that is missing does not fire.</summary>
/// <param name="Code">Reason code.</param>
/// <param name="When">Condition over inputs and features.</param>
/// <param name="WhenText">The condition as written.</param>
/// <param name="Verdict">What it asks for.</param>
/// <param name="Lawful">Lawful ground when it reads a sensitive input; null otherwise.</param>
/// <param name="CapTo">Amount limit of a cap; null otherwise.</param>
public sealed record PolicyRule(string Code, Expression When, string WhenText, RuleVerdict Verdict, string? Lawful, Expression? CapTo);

/// <summary>Authority of one credit role.</summary>
/// <param name="Role">LoanOfficer, SeniorOfficer or CreditCommittee.</param>
/// <param name="UpTo">Largest amount in major units.</param>
/// <param name="Override">What the role may override.</param>
/// <param name="SecondPair">Whether overrides need a second person.</param>
public sealed record AuthorityDefinition(string Role, decimal UpTo, OverrideRight Override, bool SecondPair);

/// <summary>Limits of counter-offers.</summary>
public sealed record OfferLimits(double? MinAmount, double? MaxAmount, int? MinTermMonths, int? MaxTermMonths)
{
    /// <summary>Largest amount as an expression over inputs and features; null when <see cref="MaxAmount"/> states it or there is none.</summary>
    public Expression? MaxAmountBy { get; init; }
    /// <summary>Largest debt service ratio after the loan, as a share of income; null without.</summary>
    public double? MaxDebtService { get; init; }
}

/// <summary>Referral: how many and how fast.</summary>
/// <param name="CapacityPerDay">Cases that officers can take; null without a limit.</param>
/// <param name="ClockHours">Hours until a case is late.</param>
public sealed record ReferralDefinition(int? CapacityPerDay, double ClockHours);

/// <summary>Rules in order, cut-offs in points, limits and authority.</summary>
public sealed record PolicyDefinition
{
    /// <summary>Whether a clear approve or decline needs no person.</summary>
    public bool Automatic { get; init; }
    /// <summary>Rules in order; all are evaluated.</summary>
    public IReadOnlyList<PolicyRule> Rules { get; init; } = [];
    /// <summary>Issued scores from here on are recommended for approval.</summary>
    public required int ApproveFrom { get; init; }
    /// <summary>Issued scores below are recommended for decline; between the two cut-offs: refer.</summary>
    public required int DeclineBelow { get; init; }
    /// <summary>Authority per credit role.</summary>
    public IReadOnlyList<AuthorityDefinition> Authority { get; init; } = [];
    /// <summary>Log-odds of bad by rule when no model answers: boundary name to expression; ordinal: cumulative, one per
    /// boundary, the later never above the earlier; binary: one entry named bad. Empty without a baseline.</summary>
    public IReadOnlyList<KeyValuePair<string, Expression>> Baseline { get; init; } = [];
    /// <summary>Limits of counter-offers; null without.</summary>
    public OfferLimits? Limits { get; init; }
    /// <summary>Day from which the policy's figures hold; null when not stated.</summary>
    public DateOnly? VersionDate { get; init; }
    /// <summary>Referral capacity and clock.</summary>
    public ReferralDefinition Referral { get; init; } = new(null, 24);
}
