using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Decisioning;

/// <summary>What can score for a scorecard right now.</summary>
/// <param name="Definition">Dictionary that values are read by.</param>
/// <param name="Line">The line; null when no version can be loaded and rules alone decide.</param>
/// <param name="Warnings">Fallbacks that were needed already.</param>
public sealed record ServingStart(ScorecardDefinition Definition, ServingLine? Line, IReadOnlyList<string> Warnings);

/// <summary>A case that was scored, by whichever step of the chain was able to.</summary>
/// <param name="Line">Line that scored; null for rules alone.</param>
/// <param name="Release">Its release.</param>
/// <param name="Scored">Score and policy.</param>
/// <param name="Warnings">Fallbacks that were needed.</param>
public sealed record ServedCase(ServingLine? Line, ReleaseReference Release, ScoredCase Scored, IReadOnlyList<string> Warnings);
