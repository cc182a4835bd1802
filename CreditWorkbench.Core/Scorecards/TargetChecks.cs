namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks target, scale, grades, risk levels and costs.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
/// <param name="scopes">Scopes.</param>
internal sealed class TargetChecks(ScorecardDefinition definition, ReadingLog log, ScorecardScopes scopes)
{
    /// <summary>Runs the checks.</summary>
    public void Run()
    {
        Target(definition.Target);
        Scale(definition.Scale);
        Grades(definition.Grades);
        Levels(definition.RiskLevels);
        if (definition.Costs is { } costs) Costs(costs);
    }

    private void Target(TargetDefinition target)
    {
        if (target.HorizonMonths <= 0) log.Error("scorecard.target.horizon", "target.horizon_months", "The horizon is at least one month.");
        if (target.IsOrdinal)
        {
            if (target.Classes.Count < 2) log.Error("scorecard.target.classes", "target.classes", "An ordinal target has at least two classes.");
            if (target.Classes.Select(one => one.Value).Distinct().Count() < target.Classes.Count || target.Classes.Select(one => one.Name).Distinct().Count() < target.Classes.Count)
                log.Error("scorecard.name.duplicate", "target.classes", "Classes have names and values of their own.");
            if (target.Classes.All(one => one.Name != target.PdClass)) log.Error("scorecard.target.classes", "target.pd_class", $"There is no class {target.PdClass}.");
            return;
        }
        if (target.Bad.Count == 0) log.Error("scorecard.target.bad", "target.bad", "At least one value is bad.");
        foreach (var value in target.Bad.Intersect(target.Good)) log.Error("scorecard.target.bad", "target.good", $"'{value}' is both bad and good.");
    }

    private void Scale(ScaleDefinition scale)
    {
        if (scale.Min >= scale.Max) log.Error("scorecard.range.reversed", "scale.max", "The scale runs from min up to max.");
        if (!definition.Target.IsOrdinal)
        {
            if (!(scale.Pdo > 0.0 && scale.Odds > 0.0)) log.Error("scorecard.scale.odds", "scale", "odds and pdo are above 0.");
            return;
        }
        var anchors = definition.Target.Classes.Select(one => scale.Anchors.TryGetValue(one.Name, out var anchor) ? anchor : double.NaN).ToArray();
        if (anchors.Any(double.IsNaN) || scale.Anchors.Count != anchors.Length) log.Error("scorecard.scale.anchors", "scale.anchors", "Each class has one anchor.");
        else if (!anchors.Zip(anchors.Skip(1)).All(pair => pair.First > pair.Second)) log.Error("scorecard.scale.anchors", "scale.anchors", "Anchors fall from the best class to the worst.");
    }

    private void Grades(IReadOnlyList<GradeDefinition> grades)
    {
        if (grades.Count == 0)
        {
            log.Error("scorecard.grades", "grades", "There is at least one grade.");
            return;
        }
        foreach (var (better, worse) in grades.Zip(grades.Skip(1)))
            if (worse.From >= better.From) log.Error("scorecard.grades", $"grades[{worse.Code}].from", "Grades fall: each starts below the one before.");
        if (grades[^1].From != definition.Scale.Min) log.Error("scorecard.grades", $"grades[{grades[^1].Code}].from", $"The last grade starts at the scale's min, {definition.Scale.Min}.");
        if (grades[0].From > definition.Scale.Max) log.Error("scorecard.grades", $"grades[{grades[0].Code}].from", "The first grade starts above the scale.");
        if (grades.Select(grade => grade.Code).Distinct().Count() < grades.Count) log.Error("scorecard.name.duplicate", "grades", "Each grade has a code of its own.");
        foreach (var grade in grades.Where(grade => grade.Band is not null && definition.Target.IsOrdinal && definition.Target.Classes.All(one => one.Name != grade.Band)))
            log.Error("scorecard.grades", $"grades[{grade.Code}].band", $"There is no class {grade.Band}.");
    }

    private void Levels(IReadOnlyList<RiskLevelDefinition> levels)
    {
        if (levels.Count == 0) return;
        if (!levels.Zip(levels.Skip(1)).All(pair => pair.First.UpTo < pair.Second.UpTo) || levels[0].UpTo <= 0.0 || levels[^1].UpTo != 1.0)
            log.Error("scorecard.risk_levels", "risk_levels", "Risk levels rise from above 0 up to 1.");
    }

    private void Costs(CostDefinition costs)
    {
        var fixedCosts = costs.FalseNegative is not null && costs.FalsePositive is not null;
        if (!fixedCosts && (costs.Lgd is null || costs.Ead is null || costs.Margin is null))
            log.Error("scorecard.costs", "costs", "Costs state lgd, ead and margin, or false_negative and false_positive.");
        if (costs.SearchesThreshold && !fixedCosts) log.Error("scorecard.costs", "costs.threshold", "A threshold by cost needs false_negative and false_positive.");
        if (costs.Lgd is <= 0.0 or > 1.0) log.Error("scorecard.costs", "costs.lgd", "Loss given default is above 0 and at most 1.");
        if (costs.InitialPd is <= 0.0 or >= 1.0) log.Error("scorecard.costs", "costs.initial_pd", "A probability between 0 and 1 is expected.");
        if (costs.Refer < 0.0) log.Error("scorecard.costs", "costs.refer", "A cost is not negative.");
        Positive(costs.FalseNegative, "costs.false_negative");
        Positive(costs.FalsePositive, "costs.false_positive");
        Positive(costs.DefaultAmount, "costs.default_amount");
        Positive((costs.Ead as NumberLiteral)?.Value, "costs.ead");
        Positive((costs.Margin as NumberLiteral)?.Value, "costs.margin");
        scopes.Demand(costs.Ead, ExpressionKind.Number, "ead", "costs.ead", scopes.Costs());
        scopes.Demand(costs.Margin, ExpressionKind.Number, "margin", "costs.margin", scopes.Costs());
    }

    private void Positive(double? cost, string path)
    {
        if (cost is <= 0.0) log.Error("scorecard.costs", path, "A cost is above 0.");
    }
}
