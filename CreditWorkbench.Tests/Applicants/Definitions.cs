using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Tests.Applicants;

/// <summary>A small dictionary: income is stated, turnover comes from the bank or the utility provider, arrears from the bureau only.</summary>
internal static class Definitions
{
    private static readonly string[] Languages = ["en", "id"];

    public static ScorecardDefinition Small { get; } = new()
    {
        Id = "small",
        Version = "1.0.0",
        Languages = Languages,
        Title = Same("Small"),
        Summary = Same("Small"),
        Currency = "IDR",
        Sources =
        [
            new SourceDefinition("declared", Same("stated by the applicant"), false, null, false),
            new SourceDefinition("bank", Same("bank data"), true, 6, true),
            new SourceDefinition("utility", Same("utility provider"), true, null, true),
            new SourceDefinition("bureau", Same("credit bureau"), true, 3, true),
        ],
        Consent = new ConsentDefinition(
            ["scoring", "model_improvement"], ["scoring"], new LocalizedText(new Dictionary<string, string> { ["en"] = "I agree.", ["id"] = "Saya setuju." })),
        Groups = [],
        Inputs = [Input("income", "declared"), Input("turnover", "bank", "utility"), Input("arrears", "bureau")],
        Features = [],
        Reasons = [],
        Target = null!,
        Scale = null!,
        Grades = [],
        Policy = new PolicyDefinition { ApproveFrom = 620, DeclineBelow = 500 },
        Training = null!,
        SourceText = "id: small",
        ScoringHash = ContentHash.Of("small scoring"),
        PresentationHash = ContentHash.Of("small presentation"),
    };

    private static InputDefinition Input(string name, string source, params string[] alsoFrom) => new()
    {
        Name = name,
        Type = InputType.Number,
        Label = Same(name),
        Help = Same(name),
        Source = source,
        AlsoFrom = alsoFrom,
    };

    private static LocalizedText Same(string text) => LocalizedText.Same(text, Languages);
}
