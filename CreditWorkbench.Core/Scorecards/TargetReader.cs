namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads target, scale, grades, risk levels and costs.</summary>
internal static class TargetReader
{
    private static readonly Dictionary<string, bool> TargetKinds = new() { ["binary"] = false, ["ordinal"] = true };
    private static readonly Dictionary<string, bool> ScaleKinds = new() { ["odds"] = false, ["ordinal"] = true };
    private static readonly Dictionary<string, bool> Thresholds = new() { ["cost"] = true };

    /// <summary>The target.</summary>
    public static TargetDefinition Target(DictionaryElement root)
    {
        var element = root.Required("target");
        var ordinal = element.Choice("kind", TargetKinds, mandatory: true);
        var target = new TargetDefinition
        {
            Column = element.Text("column"),
            Bad = ordinal ? [] : element.Texts("bad", mandatory: true),
            Good = ordinal ? [] : element.Texts("good"),
            Classes = ordinal ? [.. element.Elements("classes", "name", mandatory: true).Select(Class)] : [],
            PdClass = ordinal ? element.Text("pd_class") : null,
            HorizonMonths = element.Integer("horizon_months"),
            Meaning = element.Localized("meaning"),
        };
        element.Close();
        return target;
    }

    /// <summary>The scale; its kind is the target's.</summary>
    public static ScaleDefinition Scale(DictionaryElement root, bool ordinalTarget)
    {
        var element = root.Required("scale");
        var ordinal = element.Choice("kind", ScaleKinds, mandatory: true);
        if (element.Has("kind") && ordinal != ordinalTarget)
            element.Fault("scorecard.scale.kind", "kind", ordinalTarget ? "An ordinal target has an ordinal scale." : "A binary target has an odds scale.");
        var scale = new ScaleDefinition
        {
            Base = ordinal ? 600 : element.Number("base", 600),
            Odds = ordinal ? 19 : element.Number("odds", 19),
            Pdo = ordinal ? 50 : element.Number("pdo", 50),
            Anchors = ordinal ? element.NumberMap("anchors") : new Dictionary<string, double>(),
            Min = element.Integer("min", 300),
            Max = element.Integer("max", 900),
        };
        element.Close();
        return scale;
    }

    /// <summary>Grades, best first.</summary>
    public static IReadOnlyList<GradeDefinition> Grades(DictionaryElement root) => [.. root.Elements("grades", "code", mandatory: true).Select(Grade)];

    /// <summary>Risk levels, least first; empty when absent.</summary>
    public static IReadOnlyList<RiskLevelDefinition> RiskLevels(DictionaryElement root) => [.. root.Elements("risk_levels", "name").Select(RiskLevel)];

    /// <summary>Costs; null when absent.</summary>
    public static CostDefinition? Costs(DictionaryElement root)
    {
        if (root.Child("costs") is not { } element) return null;
        var costs = new CostDefinition
        {
            Currency = element.Text("currency"),
            Lgd = element.NumberOrNull("lgd"),
            Ead = element.ExpressionOrNull("ead"),
            Margin = element.ExpressionOrNull("margin"),
            Refer = element.Number("refer", 0.0),
            FalseNegative = element.NumberOrNull("false_negative"),
            FalsePositive = element.NumberOrNull("false_positive"),
            InitialPd = element.NumberOrNull("initial_pd"),
            SearchesThreshold = element.Choice("threshold", Thresholds),
            DefaultAmount = element.NumberOrNull("default_amount"),
        };
        element.Close();
        return costs;
    }

    private static TargetClass Class(DictionaryElement element)
    {
        var targetClass = new TargetClass(element.Text("value"), element.Text("name"), element.Localized("label"));
        element.Close();
        return targetClass;
    }

    private static GradeDefinition Grade(DictionaryElement element)
    {
        var grade = new GradeDefinition(element.Text("code"), element.Integer("from"), element.Localized("label"), element.TextOrNull("band"));
        element.Close();
        return grade;
    }

    private static RiskLevelDefinition RiskLevel(DictionaryElement element)
    {
        var level = new RiskLevelDefinition(element.Text("name"), element.Localized("label"), element.Number("up_to"));
        element.Close();
        return level;
    }
}
