namespace CreditWorkbench.Core.Evaluation;

/// <summary>What wrong decisions cost: fixed amounts, or per loan from its margin and exposure.</summary>
/// <param name="FalseNegative">Cost of approving a bad row; read where <paramref name="Lgd"/> is null.</param>
/// <param name="FalsePositive">Cost of declining a good row; read where <paramref name="Lgd"/> is null.</param>
/// <param name="Lgd">Loss given default, in [0, 1]: approving a bad row then costs Lgd x its exposure, declining a good one its margin; null for fixed costs.</param>
/// <param name="Referral">Cost of looking at one row by hand.</param>
/// <param name="Currency">ISO 4217 code; null where the costs have no unit.</param>
public sealed record DecisionCosts(double FalseNegative, double FalsePositive, double? Lgd = null, double Referral = 0, string? Currency = null)
{
    /// <summary>A default costs five times a refused good customer: what is assumed where nothing is stated.</summary>
    public static DecisionCosts Default { get; } = new(5, 1);

    /// <summary>Whether costs come from each loan.</summary>
    public bool IsPerLoan => Lgd is not null;
}

/// <summary>What a threshold does to a portfolio.</summary>
public sealed record CutOffFigures
{
    /// <summary>PDs above it are declined.</summary>
    public required double Threshold { get; init; }
    /// <summary>Share of rows approved.</summary>
    public required double ApprovalRate { get; init; }
    /// <summary>Share of bad rows among the approved; null where none is approved.</summary>
    public required double? ApprovedBadRate { get; init; }
    /// <summary>Bad rows declined.</summary>
    public required int DefaultsCaught { get; init; }
    /// <summary>Bad rows approved.</summary>
    public required int DefaultsMissed { get; init; }
    /// <summary>Good rows declined.</summary>
    public required int FalseAlarms { get; init; }
    /// <summary>Good rows approved.</summary>
    public required int GoodApproved { get; init; }
    /// <summary>Observed cost of wrong decisions, summed over rows.</summary>
    public required double Cost { get; init; }
    /// <summary>Cost over the number of rows.</summary>
    public required double CostPerRow { get; init; }
    /// <summary>Sum over the approved of PD x loss: what the PDs let expect.</summary>
    public required double ExpectedLoss { get; init; }
    /// <summary>Sum over the approved bad rows of their loss: what happened.</summary>
    public required double ObservedLoss { get; init; }
    /// <summary>Margin of the approved good rows less the observed loss.</summary>
    public required double Profit { get; init; }
}

/// <summary>Business impact of a model against approving everybody.</summary>
public sealed record BusinessImpact
{
    /// <summary>PDs above it are declined.</summary>
    public required double Threshold { get; init; }
    /// <summary>Costs that it was reckoned with.</summary>
    public required DecisionCosts Costs { get; init; }
    /// <summary>Bad rows declined.</summary>
    public required int DefaultsCaught { get; init; }
    /// <summary>Bad rows in all.</summary>
    public required int Defaults { get; init; }
    /// <summary>Good rows declined.</summary>
    public required int FalseAlarms { get; init; }
    /// <summary>Loss that the caught defaults would have made.</summary>
    public required double LossAvoided { get; init; }
    /// <summary>Loss avoided over the loss of approving everybody; null where that is 0.</summary>
    public required double? LossAvoidedShare { get; init; }
    /// <summary>Margin that the false alarms would have earned.</summary>
    public required double MarginLost { get; init; }
    /// <summary>Loss avoided less margin lost.</summary>
    public required double Savings { get; init; }
    /// <summary>Savings over margin lost; null where nothing was lost.</summary>
    public required double? Roi { get; init; }
}

/// <summary>Three zones: approve up to one PD, decline above another, look at what lies between.</summary>
/// <param name="ApproveUpTo">PDs at or below it are approved.</param>
/// <param name="DeclineAbove">PDs above it are declined; at least <paramref name="ApproveUpTo"/>.</param>
/// <param name="Approved">Rows approved.</param>
/// <param name="Referred">Rows looked at.</param>
/// <param name="Declined">Rows declined.</param>
/// <param name="ApprovedBadRate">Share of bad rows among the approved; null where none is.</param>
/// <param name="ReferredBadRate">Share of bad rows among the referred; null where none is.</param>
/// <param name="DeclinedBadRate">Share of bad rows among the declined; null where none is.</param>
/// <param name="Cost">Cost of wrong decisions outside the middle zone, and of the referrals; whoever looks is taken to decide rightly.</param>
public sealed record CutOffZones(
    double ApproveUpTo, double DeclineAbove, int Approved, int Referred, int Declined,
    double? ApprovedBadRate, double? ReferredBadRate, double? DeclinedBadRate, double Cost);

/// <summary>Costs and strategy over all thresholds, as recorded of one candidate.</summary>
/// <param name="Costs">What was reckoned with.</param>
/// <param name="Curve">At most <see cref="EvaluationCurves.MostPoints"/> thresholds, rising, at equal steps of rows: cost curve (Cost by Threshold) and
/// strategy curve (ApprovedBadRate and ExpectedLoss by ApprovalRate) read the same points.</param>
/// <param name="Best">The threshold of least observed cost.</param>
/// <param name="Chosen">The threshold in force.</param>
/// <param name="Zones">Three zones at a referral capacity of a tenth of the rows.</param>
/// <param name="Impact">Business impact of the threshold in force.</param>
public sealed record CutOffReport(
    DecisionCosts Costs, IReadOnlyList<CutOffFigures> Curve, CutOffFigures Best, CutOffFigures Chosen, CutOffZones Zones, BusinessImpact Impact);
