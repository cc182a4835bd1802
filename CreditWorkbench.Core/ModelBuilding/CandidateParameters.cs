using System.Globalization;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Reads hyper-parameters as they stand in dictionaries and on the command line.</summary>
public static class CandidateParameters
{
    private delegate bool Setter<T>(ref T settings, string value);

    private static readonly Dictionary<string, Setter<BoostingSettings>> Boosting = new()
    {
        ["trees"] = (ref BoostingSettings s, string v) => Whole(v, 1, 100_000, out var n) && Is(s = s with { Trees = n }),
        ["depth"] = (ref BoostingSettings s, string v) => Whole(v, 1, 16, out var n) && Is(s = s with { Depth = n }),
        ["learningRate"] = (ref BoostingSettings s, string v) => Share(v, out var x) && Is(s = s with { LearningRate = x }),
        ["bins"] = (ref BoostingSettings s, string v) => Whole(v, 2, 255, out var n) && Is(s = s with { Bins = n }),
        ["l1"] = (ref BoostingSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { L1 = x }),
        ["l2"] = (ref BoostingSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { L2 = x }),
        ["categoryL2"] = (ref BoostingSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { CategoryL2 = x }),
        ["minHessian"] = (ref BoostingSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { MinHessian = x }),
        // A row adds at most 1/4 to the hessian, so this much of it is at least that many rows.
        ["minLeaf"] = (ref BoostingSettings s, string v) => Whole(v, 1, int.MaxValue, out var n) && Is(s = s with { MinHessian = Math.Max(s.MinHessian, n / 4.0) }),
        ["minGain"] = (ref BoostingSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { MinGain = x }),
        ["rowShare"] = (ref BoostingSettings s, string v) => Share(v, out var x) && Is(s = s with { RowShare = x }),
        ["columnShare"] = (ref BoostingSettings s, string v) => Share(v, out var x) && Is(s = s with { ColumnShare = x }),
        // Names become positions when the columns are known: see NamedColumns.
        ["mayMeet"] = (ref BoostingSettings s, string v) => NamedColumns.Sets(v, out _),
        ["earlyStoppingRounds"] = (ref BoostingSettings s, string v) => Whole(v, 0, 100_000, out var n) && Is(s = s with { EarlyStoppingRounds = n }),
    };

    private static readonly Dictionary<string, Setter<BoostingSettings>> Leafwise = new(Boosting)
    {
        ["leaves"] = (ref BoostingSettings s, string v) => Whole(v, 2, 65_536, out var n) && Is(s = s with { MaxLeaves = n }),
    };

    private static readonly Dictionary<string, Setter<ScorecardSettings>> Scorecard = new()
    {
        ["preBins"] = (ref ScorecardSettings s, string v) => Whole(v, 2, 200, out var n) && Is(s = s with { PreBins = n }),
        ["maxBins"] = (ref ScorecardSettings s, string v) => Whole(v, 1, 100, out var n) && Is(s = s with { MaxBins = n }),
        ["minBinShare"] = (ref ScorecardSettings s, string v) => Part(v, out var x) && Is(s = s with { MinBinShare = x }),
        ["minClassShare"] = (ref ScorecardSettings s, string v) => Part(v, out var x) && Is(s = s with { MinClassShare = x }),
        ["binPenalty"] = (ref ScorecardSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { BinPenalty = x }),
        ["minClassRows"] = (ref ScorecardSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { MinClassRows = x }),
        ["trendPenalty"] = (ref ScorecardSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { TrendPenalty = x }),
        ["minCodeRows"] = (ref ScorecardSettings s, string v) => Whole(v, 0, int.MaxValue, out var n) && Is(s = s with { MinCodeRows = n }),
        ["minCategoryRows"] = (ref ScorecardSettings s, string v) => Whole(v, 0, int.MaxValue, out var n) && Is(s = s with { MinCategoryRows = n }),
        ["minInformationValue"] = (ref ScorecardSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { MinInformationValue = x }),
        ["l2"] = (ref ScorecardSettings s, string v) => NotNegative(v, out var x) && x > 0 && Is(s = s with { L2 = x }),
        ["edges"] = (ref ScorecardSettings s, string v) => NamedColumns.Edges(v, out var edges) && Is(s = s with { Edits = s.Edits with { Edges = edges } }),
        ["groups"] = (ref ScorecardSettings s, string v) => NamedColumns.Groups(v, out var groups) && Is(s = s with { Edits = s.Edits with { Groups = groups } }),
    };

    private static readonly Dictionary<string, Setter<LogisticSettings>> Logistic = new()
    {
        ["l1"] = (ref LogisticSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { L1 = x }),
        ["l2"] = (ref LogisticSettings s, string v) => NotNegative(v, out var x) && x > 0 && Is(s = s with { L2 = x }),
        ["clipShare"] = (ref LogisticSettings s, string v) => NotNegative(v, out var x) && x < 0.5 && Is(s = s with { ClipShare = x }),
        ["minCategoryRows"] = (ref LogisticSettings s, string v) => Whole(v, 0, int.MaxValue, out var n) && Is(s = s with { MinCategoryRows = n }),
        ["maxCategories"] = (ref LogisticSettings s, string v) => Whole(v, 1, 10_000, out var n) && Is(s = s with { MaxCategories = n }),
    };

    private static readonly Dictionary<string, Setter<NetworkSettings>> Network = new()
    {
        ["hidden"] = (ref NetworkSettings s, string v) => Units(v, out var units) && Is(s = s with { Hidden = units }),
        ["epochs"] = (ref NetworkSettings s, string v) => Whole(v, 1, 10_000, out var n) && Is(s = s with { Epochs = n }),
        ["batchRows"] = (ref NetworkSettings s, string v) => Whole(v, 1, 65_536, out var n) && Is(s = s with { BatchRows = n }),
        ["learningRate"] = (ref NetworkSettings s, string v) => Share(v, out var x) && Is(s = s with { LearningRate = x }),
        ["weightDecay"] = (ref NetworkSettings s, string v) => NotNegative(v, out var x) && Is(s = s with { WeightDecay = x }),
        ["patience"] = (ref NetworkSettings s, string v) => Whole(v, 1, 10_000, out var n) && Is(s = s with { Patience = n }),
    };

    private static readonly Dictionary<string, Setter<ForestSettings>> Forest = new()
    {
        ["trees"] = (ref ForestSettings s, string v) => Whole(v, 1, 100_000, out var n) && Is(s = s with { Trees = n }),
        ["depth"] = (ref ForestSettings s, string v) => Whole(v, 1, 30, out var n) && Is(s = s with { Depth = n }),
        ["minSplit"] = (ref ForestSettings s, string v) => Whole(v, 2, int.MaxValue, out var n) && Is(s = s with { MinSplit = n }),
        ["minLeaf"] = (ref ForestSettings s, string v) => Whole(v, 1, int.MaxValue, out var n) && Is(s = s with { MinLeaf = n }),
        ["columnsPerNode"] = (ref ForestSettings s, string v) => Whole(v, 0, int.MaxValue, out var n) && Is(s = s with { ColumnsPerNode = n }),
        ["bins"] = (ref ForestSettings s, string v) => Whole(v, 2, 255, out var n) && Is(s = s with { Bins = n }),
        ["classWeight"] = (ref ForestSettings s, string v) => v is "balanced" or "none" && Is(s = s with { Balanced = v == "balanced" }),
    };

    private static readonly Dictionary<string, Setter<BlendSettings>> Blend = new()
    {
        ["members"] = (ref BlendSettings s, string v) => Names(v, out var names) && Is(s = s with { Members = names }),
        ["folds"] = (ref BlendSettings s, string v) => Whole(v, 2, 20, out var n) && Is(s = s with { Folds = n }),
    };

    /// <summary>Reads a JSON object of families, each an object of parameters: <c>{"boosting":{"trees":300}}</c>.</summary>
    public static Outcome<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>> FromJson(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var families = new Dictionary<string, IReadOnlyDictionary<string, string>>();
            foreach (var family in document.RootElement.EnumerateObject())
                families[family.Name] = family.Value.EnumerateObject().ToDictionary(parameter => parameter.Name, parameter => parameter.Value.ToString());
            return Outcome<IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>>>.Success(families);
        }
        catch (Exception notSuch) when (notSuch is JsonException or InvalidOperationException)
        {
            return TrainingProblems.ParametersNotJson(notSuch.Message);
        }
    }

    /// <summary>Settings of boosting.</summary>
    internal static Outcome<BoostingSettings> OfBoosting(IReadOnlyDictionary<string, string>? parameters) => Apply("boosting", new BoostingSettings(), Boosting, parameters);

    /// <summary>Settings of leaf-wise boosting: as boosting, with the number of leaves to bound a tree and room in depth.</summary>
    internal static Outcome<BoostingSettings> OfLeafwise(IReadOnlyDictionary<string, string>? parameters) =>
        Apply("boosting-leafwise", new BoostingSettings { MaxLeaves = 15, Depth = 8 }, Leafwise, parameters);

    /// <summary>Settings of the points scorecard.</summary>
    internal static Outcome<ScorecardSettings> OfScorecard(IReadOnlyDictionary<string, string>? parameters) => Apply("scorecard", new ScorecardSettings(), Scorecard, parameters);

    /// <summary>Settings of logistic regression.</summary>
    internal static Outcome<LogisticSettings> OfLogistic(IReadOnlyDictionary<string, string>? parameters) => Apply("logistic", new LogisticSettings(), Logistic, parameters);

    /// <summary>Settings of the network.</summary>
    internal static Outcome<NetworkSettings> OfNetwork(IReadOnlyDictionary<string, string>? parameters) => Apply("network", new NetworkSettings(), Network, parameters);

    /// <summary>Settings of the forest.</summary>
    internal static Outcome<ForestSettings> OfForest(IReadOnlyDictionary<string, string>? parameters) => Apply("forest", new ForestSettings(), Forest, parameters);

    /// <summary>Settings of the blend.</summary>
    internal static Outcome<BlendSettings> OfBlend(IReadOnlyDictionary<string, string>? parameters) => Apply("blend", new BlendSettings(), Blend, parameters);

    private static Outcome<T> Apply<T>(string family, T settings, Dictionary<string, Setter<T>> known, IReadOnlyDictionary<string, string>? parameters)
    {
        var problems = new List<Problem>();
        // In the order of names: minLeaf raises a minHessian that is given beside it.
        foreach (var (name, value) in (parameters ?? new Dictionary<string, string>()).OrderBy(parameter => parameter.Key, StringComparer.Ordinal))
        {
            if (!known.TryGetValue(name, out var set)) problems.Add(TrainingProblems.UnknownParameter(family, name, family == "blend" ? known.Keys : known.Keys.Append(ClassWeighting.Parameter)));
            else if (!set(ref settings, value)) problems.Add(TrainingProblems.BadParameter(family, name, value));
        }

        return problems.Count > 0 ? problems : Outcome<T>.Success(settings);
    }

    private static bool Is<T>(T _) => true;

    private static bool Whole(string text, int low, int high, out int value) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out value) && value >= low && value <= high;

    // "boosting, forest", or the text of a JSON array.
    private static bool Names(string text, out string[] names)
    {
        names = text.Split([',', '[', ']', '"', ' ', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0;
    }

    // "24, 12": units of one or two hidden layers.
    private static bool Units(string text, out int[] units)
    {
        units = Names(text, out var names) && names.All(name => Whole(name, 1, 256, out _)) ? [.. names.Select(name => int.Parse(name, CultureInfo.InvariantCulture))] : [];
        return units.Length is 1 or 2;
    }

    private static bool Part(string text, out double value) => NotNegative(text, out value) && value < 1;

    private static bool NotNegative(string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= 0 && double.IsFinite(value);

    private static bool Share(string text, out double value) => NotNegative(text, out value) && value is > 0 and <= 1;
}
