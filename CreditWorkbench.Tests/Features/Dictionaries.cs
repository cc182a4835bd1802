using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Tests.Features;

/// <summary>Small dictionaries built by hand.</summary>
internal static class Dictionaries
{
    private static readonly string[] English = ["en"];

    public static LocalizedText Same(string text) => LocalizedText.Same(text, English);

    public static InputDefinition Number(string name, params string[] specials) => new()
    {
        Name = name,
        Type = InputType.Number,
        Label = Same(name),
        Help = Same(name),
        Source = "declared",
        Specials = [.. specials.Select(code => new SpecialCode(code, "tag" + code.Trim('-'), Same(code)))],
    };

    public static InputDefinition Category(string name, params string[] codes) =>
        Number(name) with { Type = InputType.Category, Values = [.. codes.Select(code => new CategoryValue(code, Same(code)))] };

    public static FeatureDefinition Pass(string input, RiskDirection direction = RiskDirection.Free, bool flags = false) =>
        new() { Name = input, From = input, Label = Same(input), Direction = direction, FlagsSpecials = flags };

    public static FeatureDefinition Computed(string name, Expression expression, RiskDirection direction = RiskDirection.Free, FeatureUse use = FeatureUse.Model) =>
        new() { Name = name, Expression = expression, Label = Same(name), Direction = direction, Use = use };

    public static ScorecardDefinition Of(IReadOnlyList<InputDefinition> inputs, params FeatureDefinition[] features) => new()
    {
        Id = "small",
        Version = "1.0.0",
        Languages = English,
        Title = Same("Small"),
        Summary = Same("Small."),
        Currency = "IDR",
        Sources = [new SourceDefinition("declared", Same("Stated"), false, null, false)],
        Consent = new ConsentDefinition(["scoring"], ["scoring"], Same("I agree.")),
        Groups = [],
        Inputs = inputs,
        Features = features,
        Reasons = [],
        Target = new TargetDefinition { Column = "bad", Bad = ["1"], Good = ["0"], Meaning = Same("Late.") },
        Scale = new ScaleDefinition(),
        Grades = [new GradeDefinition("A", 300, Same("All"), null)],
        Policy = new PolicyDefinition { ApproveFrom = 600, DeclineBelow = 500 },
        Training = new TrainingDefinition(),
        SourceText = "",
        ScoringHash = ContentHash.Of("scoring"),
        PresentationHash = ContentHash.Of("presentation"),
    };

    public static InputRecord Record(ScorecardDefinition definition, params InputValue[] values) => new(definition, values);
}
