namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads how models are built.</summary>
internal static class TrainingReader
{
    /// <summary>Families of models, as dictionaries name them.</summary>
    public static IReadOnlyList<string> Families { get; } = ["scorecard", "logistic", "forest", "boosting", "boosting-leafwise", "blend", "network"];

    private static readonly Dictionary<string, string> Balances = new() { ["none"] = "none", ["weights"] = "weights", ["class_weight"] = "weights", ["smote"] = "smote" };

    private static readonly Dictionary<string, string> Calibrations =
        new[] { "auto", "platt", "isotonic", "beta", "none" }.ToDictionary(name => name);

    /// <summary>The training section.</summary>
    public static TrainingDefinition Training(DictionaryElement root, LeakageDefinition? leakage)
    {
        var element = root.Required("training");
        var split = element.Required("split");
        var crossFit = split.TextOrNull("calibration") == "cross_fit";
        var training = new TrainingDefinition
        {
            TrainShare = split.Number("train"),
            CalibrationShare = crossFit ? 0.0 : split.Number("calibration", 0.0),
            TestShare = split.Number("test", 0.0),
            By = split.TextOrNull("by"),
            Stratified = split.Choice("stratify", new Dictionary<string, bool> { ["target"] = true, ["none"] = false }),
            CrossFitCalibration = crossFit,
            Candidates = element.Texts("candidates", mandatory: true),
            Choose = element.TextOrNull("choose") ?? "best",
            Parameters = Parameters(element),
            Compared = [.. element.Items("compare").Select(item => Compared(item.Node, item.Path, root.Log))],
            Balance = element.Choice("balance", Balances, "none"),
            Calibration = element.Choice("calibration", Calibrations, "auto"),
            Folds = element.Integer("folds", 5),
            BudgetSeconds = element.Integer("budget_seconds", 60),
            Seed = element.Integer("seed", 1),
            NeverColumns = leakage?.NeverInModel ?? [],
        };
        split.Close();
        element.Close();
        return training;
    }

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Parameters(DictionaryElement element) =>
        element.Keys.Where(Families.Contains).ToDictionary(family => family, family => element.TextMap(family));

    private static ComparedFamily Compared(DictionaryNode node, string path, ReadingLog log)
    {
        log.Place(path, node.Line);
        if (node is ScalarNode family) return new(family.Text, family.Text, new Dictionary<string, string>());
        var element = DictionaryElement.At(node, path, log);
        var compared = new ComparedFamily(element.Text("name"), element.Text("family"), element.TextMap("params"));
        element.Close();
        return compared;
    }
}
