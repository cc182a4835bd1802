using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Registry;

/// <summary>Identity of a release: package, policy and cut-offs, dictionaries, each by content.</summary>
public static class ReleaseHash
{
    /// <summary>Hash over the parts of a release. The package's bytes hold backgrounds, dictionary and reason texts.</summary>
    /// <param name="package">Hash of the package's bytes.</param>
    /// <param name="scorecard">Dictionary whose policy decides.</param>
    public static ContentHash Of(ContentHash package, ScorecardDefinition scorecard)
    {
        var policy = RulesOf(scorecard);
        return ContentHash.Of(string.Create(CultureInfo.InvariantCulture,
            $"{package}\n{scorecard.ScoringHash}\n{scorecard.PresentationHash}\n{scorecard.Policy.ApproveFrom}|{scorecard.Policy.DeclineBelow}\n{policy}"));
    }

    /// <summary>Hash over what decides beside the model: cut-offs and hard rules.</summary>
    public static ContentHash OfPolicy(ScorecardDefinition scorecard) =>
        ContentHash.Of(string.Create(CultureInfo.InvariantCulture, $"{scorecard.Policy.ApproveFrom}|{scorecard.Policy.DeclineBelow}\n{RulesOf(scorecard)}"));

    private static string RulesOf(ScorecardDefinition scorecard) =>
        string.Join('\n', scorecard.Policy.Rules.Select(rule => string.Create(CultureInfo.InvariantCulture, $"{rule.Code}|{rule.WhenText}|{rule.Verdict}")));
}
