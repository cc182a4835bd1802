namespace CreditWorkbench.Core.Monitoring;

/// <summary>What a rollout came to over a window.</summary>
/// <param name="From">Start of the window.</param>
/// <param name="Champion">The champion's side.</param>
/// <param name="Challenger">The challenger's side.</param>
/// <param name="Compared">Cases that both sides scored and whose groups were looked up.</param>
/// <param name="Groups">Groups of the sensitive inputs, over those cases.</param>
public sealed record RolloutFigures(DateTimeOffset From, ArmFigures Champion, ArmFigures Challenger, int Compared, IReadOnlyList<GroupFigures> Groups);
