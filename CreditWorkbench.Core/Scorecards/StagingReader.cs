namespace CreditWorkbench.Core.Scorecards;

/// <summary>Reads the tables of a staged scorecard.</summary>
internal static class StagingReader
{
    /// <summary>Words of quarantine verdicts.</summary>
    public static IReadOnlyDictionary<string, QuarantineVerdict> Verdicts { get; } = new Dictionary<string, QuarantineVerdict>
    {
        ["quarantine"] = QuarantineVerdict.Quarantine,
        ["warn"] = QuarantineVerdict.Warn,
        ["reject_file"] = QuarantineVerdict.RejectFile,
    };

    /// <summary>Words of date orders.</summary>
    public static IReadOnlyDictionary<string, DateOrder> DateOrders { get; } = new Dictionary<string, DateOrder>
    {
        ["yyyymmdd"] = DateOrder.Compact,
        ["yymmdd"] = DateOrder.ShortCompact,
        ["dd-mm-yyyy"] = DateOrder.DayFirst,
        ["mm-dd-yyyy"] = DateOrder.MonthFirst,
    };

    private static readonly Dictionary<string, StagingJoin> Joins = new() { ["one"] = StagingJoin.One, ["many"] = StagingJoin.Many };

    private static readonly Dictionary<string, string> Rules =
        new[] { "unreadable", "key_missing", "key_duplicate", "out_of_range", "orphan", "after_load", "outlier" }.ToDictionary(name => name);

    private static readonly Dictionary<string, string> Keeps = new() { ["first"] = "first", ["last"] = "last" };

    /// <summary>The staging section; null when absent.</summary>
    public static StagingDefinition? Staging(DictionaryElement root)
    {
        if (root.Child("staging") is not { } element) return null;
        var tables = element.Required("tables");
        var baseTable = element.TextOrNull("base") ?? "";
        var staging = new StagingDefinition
        {
            Base = baseTable,
            AsOf = element.TextOrNull("as_of") ?? "",
            MonthDays = element.Number("month_days", 30.0),
            AsOfTime = element.Time("as_of_time", TimeOnly.MinValue),
            Tables = [.. tables.Keys.Select(name => Table(name, tables.Required(name), name == baseTable))],
            Quarantine = [.. element.Elements("quarantine", "code").Select(Rule)],
            Gate = Gate(element),
            Schedule = Schedule(element),
            Output = Output(element),
        };
        element.Close();
        return staging;
    }

    private static StagingTable Table(string name, DictionaryElement element, bool isBase)
    {
        var columns = element.Required("columns");
        var table = new StagingTable
        {
            Name = name,
            File = element.Text("file"),
            Key = element.Text("key"),
            Join = isBase && !element.Has("join") ? StagingJoin.Base : element.Choice("join", Joins, mandatory: true),
            On = element.TextOrNull("on"),
            Date = element.TextOrNull("date"),
            Order = element.Texts("order"),
            Source = element.TextOrNull("source"),
            Columns = [.. columns.Keys.Select(column => Column(column, columns.Required(column)))],
        };
        element.Close();
        return table;
    }

    private static StagingColumn Column(string name, DictionaryElement element)
    {
        var (minimum, maximum) = element.Range("range");
        var column = new StagingColumn
        {
            Name = name,
            Type = element.Choice("type", InputReader.Types, mandatory: true),
            Minimum = minimum,
            Maximum = maximum,
            Values = element.Texts("values"),
            Open = element.Flag("open", false),
            Optional = element.Flag("optional", false),
            Specials = InputReader.Specials(element),
            LatestBeforeAsOf = element.TextOrNull("latest_before_as_of"),
            Dates = element.Has("dates") ? element.Choice("dates", DateOrders) : null,
        };
        element.Close();
        return column;
    }

    private static QuarantineRule Rule(DictionaryElement element)
    {
        IReadOnlyList<string> tables = element.Node("table") is ListNode ? element.Texts("table") : [element.Text("table")];
        if (element.Has("rule") == element.Has("when")) element.Fault("scorecard.staging.rule", "rule", "A rule has either a built-in rule or a condition.");
        var rule = new QuarantineRule(element.Text("code"), tables, element.Choice("rule", Rules), element.ExpressionOrNull("when"),
            element.Choice("verdict", Verdicts, mandatory: true), element.Localized("text"), element.Choice("keep", Keeps), element.TextOrNull("to"))
        {
            Columns = element.Texts("columns"),
            Beyond = element.Number("beyond", QuarantineRule.DefaultBeyond),
        };
        element.Close();
        return rule;
    }

    private static StagingGate? Gate(DictionaryElement staging)
    {
        if (staging.Child("gate") is not { } element) return null;
        var gate = new StagingGate(element.Number("min_pass_rate", 0.0), element.NumberMap("max_missing"), element.TextOrNull("on_fail"));
        element.Close();
        return gate;
    }

    private static StagingSchedule? Schedule(DictionaryElement staging)
    {
        if (staging.Child("schedule") is not { } element) return null;
        element.Mandatory("daily_at");
        var schedule = new StagingSchedule(element.Time("daily_at", TimeOnly.MinValue), element.TextOrNull("zone") ?? "UTC");
        element.Close();
        return schedule;
    }

    private static StagingOutput? Output(DictionaryElement staging)
    {
        if (staging.Child("output") is not { } element) return null;
        var output = new StagingOutput(element.Texts("columns", mandatory: true), element.TextOrNull("order"), element.Flag("further", false));
        element.Close();
        return output;
    }
}
