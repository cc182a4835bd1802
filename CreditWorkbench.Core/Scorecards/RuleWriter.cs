using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Writes target, scale, grades, costs, policy, leakage and training.</summary>
internal static class RuleWriter
{
    /// <summary>Adds the sections in file order.</summary>
    public static void Write(ScorecardDefinition definition, DictionaryBuilder root)
    {
        var languages = definition.Languages;
        root.Add("target", Target(definition.Target, languages)).Add("scale", Scale(definition));
        root.Add("grades", new ListNode(0, [.. definition.Grades.Select(grade => DictionaryBuilder.Of(element =>
            element.Text("code", grade.Code).Number("from", grade.From).Localized("label", grade.Label, languages).Text("band", grade.Band)))]));
        root.List("risk_levels", definition.RiskLevels, level => DictionaryBuilder.Of(element =>
            element.Text("name", level.Name).Number("up_to", level.UpTo).Localized("label", level.Label, languages)));
        if (definition.Costs is { } costs) root.Add("costs", Costs(costs));
        root.Add("policy", Policy(definition.Policy, definition.Target.IsOrdinal));
        if (definition.Leakage is { } leakage) root.Add("leakage", Leakage(leakage));
        root.Add("training", Training(definition.Training));
    }

    private static MappingNode Target(TargetDefinition target, IReadOnlyList<string> languages) => DictionaryBuilder.Of(element =>
    {
        element.Text("kind", target.IsOrdinal ? "ordinal" : "binary").Text("column", target.Column).Texts("bad", target.Bad).Texts("good", target.Good);
        element.List("classes", target.Classes, one => DictionaryBuilder.Of(inner =>
            inner.Text("value", one.Value).Text("name", one.Name).Localized("label", one.Label, languages)));
        element.Text("pd_class", target.PdClass).Number("horizon_months", target.HorizonMonths).Localized("meaning", target.Meaning, languages);
    });

    private static MappingNode Scale(ScorecardDefinition definition) => DictionaryBuilder.Of(element =>
    {
        var scale = definition.Scale;
        element.Text("kind", definition.Target.IsOrdinal ? "ordinal" : "odds");
        if (definition.Target.IsOrdinal) element.Map("anchors", scale.Anchors);
        else element.Number("base", scale.Base).Number("odds", scale.Odds).Number("pdo", scale.Pdo);
        element.Number("min", scale.Min).Number("max", scale.Max);
    });

    private static MappingNode Costs(CostDefinition costs) => DictionaryBuilder.Of(element =>
    {
        element.Text("currency", costs.Currency).Number("lgd", costs.Lgd).Expression("ead", costs.Ead).Expression("margin", costs.Margin);
        element.Number("refer", costs.Refer, 0.0).Number("false_negative", costs.FalseNegative).Number("false_positive", costs.FalsePositive);
        if (costs.SearchesThreshold) element.Text("threshold", "cost");
        element.Number("initial_pd", costs.InitialPd).Number("default_amount", costs.DefaultAmount);
    });

    private static MappingNode Policy(PolicyDefinition policy, bool ordinal) => DictionaryBuilder.Of(element =>
    {
        element.Date("version_date", policy.VersionDate).Text("automatic", policy.Automatic ? "true" : "false");
        element.List("rules", policy.Rules, rule => DictionaryBuilder.Of(inner => inner.Text("code", rule.Code).Expression("when", rule.When)
            .Word("verdict", rule.Verdict, PolicyReader.Verdicts).Text("lawful", rule.Lawful).Expression("cap_to", rule.CapTo)));
        if (ordinal) element.Each("baseline", policy.Baseline, boundary => boundary.Key, boundary => new ScalarNode(0, ExpressionText.Of(boundary.Value)));
        else if (policy.Baseline.Count > 0) element.Expression("baseline", policy.Baseline[0].Value);
        element.Add("cutoffs", DictionaryBuilder.Of(inner => inner.Number("approve_from", policy.ApproveFrom).Number("decline_below", policy.DeclineBelow)));
        element.Add("referral", DictionaryBuilder.Of(inner => inner.Number("max_per_day", policy.Referral.CapacityPerDay).Number("hours", policy.Referral.ClockHours)));
        if (policy.Limits is { } limits) element.Add("limits", Limits(limits));
        element.List("authority", policy.Authority, authority => DictionaryBuilder.Of(inner => inner
            .Text("role", authority.Role).Text("up_to", authority.UpTo.ToString(CultureInfo.InvariantCulture))
            .Word("override", authority.Override, PolicyReader.Overrides).Flag("second_pair", authority.SecondPair)));
    });

    private static MappingNode Limits(OfferLimits limits) => DictionaryBuilder.Of(element => element
        .Number("max_dsr", limits.MaxDebtService).Number("min_amount", limits.MinAmount).Number("max_amount", limits.MaxAmount)
        .Expression("max_amount", limits.MaxAmountBy).Number("min_term_months", limits.MinTermMonths).Number("max_term_months", limits.MaxTermMonths));

    private static MappingNode Leakage(LeakageDefinition leakage) => DictionaryBuilder.Of(element =>
    {
        foreach (var (measure, limit) in leakage.Refusals) element.Number($"max_{measure}", limit);
        foreach (var (measure, limit) in leakage.Warnings) element.Number($"warn_{measure}", limit);
        element.Texts("never_in_model", leakage.NeverInModel).Map("watch", leakage.Watched);
    });

    private static MappingNode Training(TrainingDefinition training) => DictionaryBuilder.Of(element =>
    {
        element.Add("split", DictionaryBuilder.Of(split =>
        {
            split.Number("train", training.TrainShare);
            if (training.CrossFitCalibration) split.Text("calibration", "cross_fit");
            else split.Number("calibration", training.CalibrationShare);
            split.Number("test", training.TestShare).Text("by", training.By);
            if (training.Stratified) split.Text("stratify", "target");
        }));
        element.Texts("candidates", training.Candidates).Text("choose", training.Choose);
        foreach (var (family, parameters) in training.Parameters) element.Map(family, parameters);
        element.List("compare", training.Compared, Compared);
        element.Text("balance", training.Balance, "none").Text("calibration", training.Calibration).Number("folds", training.Folds);
        element.Number("budget_seconds", training.BudgetSeconds).Number("seed", training.Seed);
    });

    private static DictionaryNode Compared(ComparedFamily compared) => compared.Name == compared.Family && compared.Parameters.Count == 0
        ? new ScalarNode(0, compared.Family)
        : DictionaryBuilder.Of(inner => inner.Text("name", compared.Name).Text("family", compared.Family).Map("params", compared.Parameters));
}
