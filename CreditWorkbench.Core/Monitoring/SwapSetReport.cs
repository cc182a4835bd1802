using CreditWorkbench.Core.Evaluation;

namespace CreditWorkbench.Core.Monitoring;

/// <summary>How two sides decide on a case.</summary>
public enum SwapPlace
{
    /// <summary>Both approve.</summary>
    BothApprove,
    /// <summary>Only the challenger approves.</summary>
    In,
    /// <summary>Only the champion approves.</summary>
    Out,
    /// <summary>Neither approves.</summary>
    NeitherApproves,
}

/// <summary>The cases of one place.</summary>
/// <param name="Place">Place.</param>
/// <param name="Cases">Cases.</param>
/// <param name="Share">Of all cases, in [0, 1]; 0 without any.</param>
/// <param name="ChampionPd">Mean PD by the champion: the bad rate that it expects; null without cases.</param>
/// <param name="ChallengerPd">The same by the challenger.</param>
/// <param name="ChampionLoss">Expected loss in major units by the champion, summed; null where no case has one.</param>
/// <param name="ChallengerLoss">The same by the challenger.</param>
/// <param name="Observed">Cases whose outcome is known, and how many of them were bad.</param>
public sealed record SwapSetCell(
    SwapPlace Place, int Cases, double Share, double? ChampionPd, double? ChallengerPd, double? ChampionLoss, double? ChallengerLoss, SwapCell Observed)
{
    /// <summary>95 % interval of the observed bad rate (Wilson); null without a known outcome.</summary>
    public (double Low, double High)? ObservedRange { get; init; }
}

/// <summary>One group in each place.</summary>
/// <param name="Input">Sensitive input.</param>
/// <param name="Group">Value or band.</param>
/// <param name="Cases">Cases of the group, in the order of <see cref="SwapPlace"/>.</param>
/// <param name="Champion">Share of the group that the champion approves.</param>
/// <param name="Challenger">Share of the group that the challenger approves.</param>
public sealed record SwapSetGroup(string Input, string Group, IReadOnlyList<int> Cases, double Champion, double Challenger);

/// <summary>Who is decided otherwise when the challenger takes over.</summary>
public sealed record SwapSetReport
{
    /// <summary>Cases compared.</summary>
    public required int Cases { get; init; }
    /// <summary>Oldest case; null without any.</summary>
    public required DateTimeOffset? From { get; init; }
    /// <summary>Newest case; null without any.</summary>
    public required DateTimeOffset? To { get; init; }
    /// <summary>Approval rate of the champion; null without cases.</summary>
    public required double? ChampionApproval { get; init; }
    /// <summary>Approval rate of the challenger.</summary>
    public required double? ChallengerApproval { get; init; }
    /// <summary>One per place, in the order of <see cref="SwapPlace"/>.</summary>
    public required IReadOnlyList<SwapSetCell> Cells { get; init; }
    /// <summary>Mean of challenger less champion, in points; null without cases.</summary>
    public required double? MeanShift { get; init; }
    /// <summary>Share of cases with another grade; null without cases.</summary>
    public required double? GradeChanged { get; init; }
    /// <summary>How far the reasons differ; null without cases.</summary>
    public required ReasonChurn? Reasons { get; init; }
    /// <summary>Groups of at least <see cref="FewestOfAGroup"/> cases; smaller ones could be recognised.</summary>
    public required IReadOnlyList<SwapSetGroup> Groups { get; init; }

    /// <summary>Cases that a group needs to be named.</summary>
    public const int FewestOfAGroup = 10;

    /// <summary>The cases of a place.</summary>
    public SwapSetCell this[SwapPlace place] => Cells[(int)place];
}
