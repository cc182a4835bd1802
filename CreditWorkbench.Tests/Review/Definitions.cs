using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Tests.Review;

/// <summary>The smallest dictionary that carries a policy.</summary>
internal static class Definitions
{
    public static ScorecardDefinition WithPolicy(PolicyDefinition policy) => new()
    {
        Id = "trust",
        Version = "1.0.0",
        Languages = ["en"],
        Title = Text("Trust"),
        Summary = Text("Two lines."),
        Currency = "IDR",
        Sources = [],
        Consent = new ConsentDefinition(["scoring"], ["scoring"], Text("I agree.")),
        Groups = [],
        Inputs = [],
        Features = [],
        Reasons = [],
        Target = new TargetDefinition { Column = "bad", Meaning = Text("Late.") },
        Scale = new ScaleDefinition(),
        Grades = [new GradeDefinition("A", 300, Text("All"), null)],
        Policy = policy,
        Training = new TrainingDefinition(),
        SourceText = "",
        ScoringHash = ContentHash.Of("dictionary"),
        PresentationHash = ContentHash.Of("texts"),
    };

    private static LocalizedText Text(string text) => LocalizedText.Same(text, ["en"]);
}
