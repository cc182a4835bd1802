using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Registry;

/// <summary>What publishing a dictionary would change.</summary>
/// <param name="IsNew">Whether no version of this scorecard is in force.</param>
/// <param name="Scoring">Whether the scoring hash changes: models are tied to it, so those in production no longer fit.</param>
/// <param name="Presentation">Whether the presentation hash changes: labels, help and sentences.</param>
/// <param name="Policy">Whether anything else changes: policy, costs, training, the generator.</param>
/// <param name="Lines">Both texts, compared.</param>
public sealed record ScorecardChange(bool IsNew, bool Scoring, bool Presentation, bool Policy, IReadOnlyList<ComparedLine> Lines)
{
    /// <summary>Whether anything changes at all.</summary>
    public bool Any => IsNew || Scoring || Presentation || Policy;

    /// <summary>Compares the version in force with a text.</summary>
    /// <param name="current">In force; null without.</param>
    /// <param name="text">The text.</param>
    /// <param name="definition">What it says; null while it has faults, then only lines are compared.</param>
    public static ScorecardChange Of(ScorecardDefinition? current, string text, ScorecardDefinition? definition)
    {
        var lines = TextDifference.Of(current?.SourceText ?? "", text);
        if (current is null) return new(true, definition is not null, definition is not null, false, lines);
        var scoring = definition is not null && definition.ScoringHash != current.ScoringHash;
        var presentation = definition is not null && definition.PresentationHash != current.PresentationHash;
        return new(false, scoring, presentation, !scoring && !presentation && lines.Any(line => line.Change != LineChange.Same), lines);
    }
}
