using System.Globalization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>A parameter that the designer offers.</summary>
/// <param name="Name">As the training line knows it.</param>
/// <param name="Usual">What stands there when nothing is said; null where the line decides by the data.</param>
/// <param name="IsLong">Whether it is a text of several lines.</param>
public sealed record DesignParameter(string Name, string? Usual, bool IsLong = false);

/// <summary>What a person has typed into the designer; becomes a request.</summary>
public sealed class LabDesign
{
    /// <summary>Parameters by family, in the order in which they are offered.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<DesignParameter>> Offered { get; } = new Dictionary<string, IReadOnlyList<DesignParameter>>
    {
        ["scorecard"] = [new("maxBins", null), new("minBinShare", null), new("minInformationValue", null), new("l2", null), new("edges", null, true), new("groups", null, true), new("classWeights", null)],
        ["logistic"] = [new("l1", null), new("l2", null), new("minCategoryRows", null), new("classWeights", null)],
        ["forest"] = [new("trees", null), new("depth", null), new("minLeaf", null), new("minSplit", null), new("columnsPerNode", null), new("classWeights", null)],
        ["boosting"] = [new("trees", null), new("depth", null), new("learningRate", null), new("l2", null), new("rowShare", null), new("columnShare", null), new("minLeaf", null), new("classWeights", null)],
        ["boosting-leafwise"] = [new("trees", null), new("leaves", null), new("learningRate", null), new("l2", null), new("rowShare", null), new("columnShare", null), new("minLeaf", null), new("classWeights", null)],
        ["network"] = [new("hidden", null), new("epochs", null), new("learningRate", null), new("weightDecay", null), new("classWeights", null)],
        ["blend"] = [new("members", null)],
    };

    /// <summary>Name of the run.</summary>
    public string Title { get; set; } = "";
    /// <summary>Rows.</summary>
    public LabData? Data { get; set; }
    /// <summary>Generated rows, as typed.</summary>
    public string Rows { get; set; } = "";
    /// <summary>Whether a fifth of the rows tests and none calibrates apart.</summary>
    public bool IsEighty { get; set; }
    /// <summary>First day of the out-of-time part; null for none.</summary>
    public DateOnly? OutOfTimeFrom { get; set; }
    /// <summary>Seed, as typed.</summary>
    public string Seed { get; set; } = "1";
    /// <summary>Folds, as typed.</summary>
    public string Folds { get; set; } = "5";
    /// <summary>Families to try.</summary>
    public HashSet<string> Families { get; } = ["scorecard", "boosting", "forest"];
    /// <summary>Parameters as typed, by family and name; empty for the default.</summary>
    public Dictionary<(string Family, string Name), string> Parameters { get; } = [];
    /// <summary>Seconds for tuning, as typed; empty for none.</summary>
    public string Budget { get; set; } = "";
    /// <summary>Trials, as typed; empty for no such limit.</summary>
    public string Trials { get; set; } = "";
    /// <summary>none, weights or smote.</summary>
    public string Balance { get; set; } = "none";
    /// <summary>auto, platt, isotonic, beta or none.</summary>
    public string Calibration { get; set; } = "auto";
    /// <summary>Refits, as typed.</summary>
    public string Refits { get; set; } = "25";

    /// <summary>The design of an earlier run.</summary>
    public static LabDesign Of(LabRequest request)
    {
        var design = new LabDesign
        {
            Title = request.Title,
            Data = request.Data,
            Rows = request.Data.Rows?.ToString(CultureInfo.InvariantCulture) ?? "",
            IsEighty = request.Split.Calibration == 0,
            OutOfTimeFrom = request.Split.OutOfTimeFrom,
            Seed = request.Seed.ToString(CultureInfo.InvariantCulture),
            Folds = request.Folds.ToString(CultureInfo.InvariantCulture),
            Budget = request.BudgetSeconds?.ToString(CultureInfo.InvariantCulture) ?? "",
            Trials = request.BudgetTrials?.ToString(CultureInfo.InvariantCulture) ?? "",
            Balance = request.Balance,
            Calibration = request.Calibration,
            Refits = request.ConfidenceRefits.ToString(CultureInfo.InvariantCulture),
        };
        design.Families.Clear();
        design.Families.UnionWith(request.Candidates);
        foreach (var (family, parameters) in request.Parameters)
            foreach (var (name, value) in parameters) design.Parameters[(family, name)] = value;
        return design;
    }

    /// <summary>The request; refused where a field holds no number.</summary>
    public Outcome<LabRequest> ToRequest()
    {
        var problems = new List<Problem>();
        if (Data is null) return new Problem("lab.data.none", "No rows are chosen.") { Field = "data", Remedy = "Choose a data set or a scorecard." };
        var request = new LabRequest
        {
            Title = Title,
            Data = Data.Kind == LabDataKind.Scorecard ? Data with { Rows = Whole("rows", Rows, problems) } : Data,
            Split = (IsEighty ? new SplitPlan(0.8, 0, 0.2) : SplitPlan.Default) with { OutOfTimeFrom = OutOfTimeFrom },
            Seed = Whole("seed", Seed, problems) ?? 1,
            Folds = Whole("folds", Folds, problems) ?? 5,
            Candidates = [.. Offered.Keys.Where(Families.Contains)],
            Parameters = Typed(),
            BudgetSeconds = Whole("budget", Budget, problems),
            BudgetTrials = Whole("budgetTrials", Trials, problems),
            Balance = Balance,
            Calibration = Calibration,
            ConfidenceRefits = Whole("confidenceRefits", Refits, problems) ?? 25,
        };
        return problems.Count > 0 ? problems : request;
    }

    private Dictionary<string, IReadOnlyDictionary<string, string>> Typed() => Parameters
        .Where(parameter => parameter.Value.Trim().Length > 0 && Families.Contains(parameter.Key.Family))
        .GroupBy(parameter => parameter.Key.Family)
        .ToDictionary(family => family.Key, family => (IReadOnlyDictionary<string, string>)family.ToDictionary(parameter => parameter.Key.Name, parameter => parameter.Value.Trim()));

    private static int? Whole(string field, string text, List<Problem> problems)
    {
        if (text.Trim().Length == 0) return null;
        if (int.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        problems.Add(new Problem("lab.number", Texts.T("lab.notWhole", text)) { Field = field });
        return null;
    }
}
