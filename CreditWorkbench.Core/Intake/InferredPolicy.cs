using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Grades and cut-offs of an inferred dictionary: a sensible start, to be changed by who owns the policy.</summary>
internal static class InferredPolicy
{
    /// <summary>Bands A to E on the scale 600 at 19 to 1, 50 points to double the odds.</summary>
    public static IReadOnlyList<GradeDefinition> Grades { get; } =
    [
        new("A", 720, InferredTexts.Both("Very low risk", "Risiko sangat rendah"), null),
        new("B", 660, InferredTexts.Both("Low risk", "Risiko rendah"), null),
        new("C", 600, InferredTexts.Both("Moderate risk", "Risiko sedang"), null),
        new("D", 550, InferredTexts.Both("Raised risk", "Risiko meningkat"), null),
        new("E", 300, InferredTexts.Both("High risk", "Risiko tinggi"), null),
    ];

    /// <summary>Cut-offs: approve from 580, or from the score of the file's own bad rate where most applicants are riskier than
    /// that, so that the cut-off lies among applicants; decline 60 points below.</summary>
    /// <param name="badShare">Share of bad rows, inside (0, 1).</param>
    public static PolicyDefinition Of(double badShare)
    {
        var scale = new ScaleDefinition();
        var factor = scale.Pdo / Math.Log(2);
        var average = scale.Base - factor * (Math.Log(scale.Odds) + Math.Log(badShare / (1 - badShare)));
        var approve = (int)Math.Clamp(Math.Round(average / 10) * 10, scale.Min + 60, 580);
        return new PolicyDefinition
        {
            ApproveFrom = approve,
            DeclineBelow = Math.Max(scale.Min, approve - 60),
            Authority =
            [
                new AuthorityDefinition("LoanOfficer", 25_000m, OverrideRight.None, SecondPair: false),
                new AuthorityDefinition("SeniorOfficer", 100_000m, OverrideRight.LowSide, SecondPair: true),
                new AuthorityDefinition("CreditCommittee", 1_000_000_000m, OverrideRight.Both, SecondPair: true),
            ],
        };
    }
}
