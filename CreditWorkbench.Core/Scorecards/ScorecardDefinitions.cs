namespace CreditWorkbench.Core.Scorecards;

/// <summary>Completes definitions.</summary>
public static class ScorecardDefinitions
{
    /// <summary>The definition with both hashes worked out.</summary>
    internal static ScorecardDefinition WithHashes(ScorecardDefinition definition) => definition with
    {
        ScoringHash = ScorecardHash.Scoring(definition),
        PresentationHash = ScorecardHash.Presentation(definition),
    };
}
