using System.Globalization;

namespace CreditWorkbench.Core.Scorecards;

/// <summary>Writes the tables of a staged scorecard.</summary>
internal static class StagingWriter
{
    /// <summary>Adds the section; nothing for one flat file.</summary>
    public static void Write(ScorecardDefinition definition, DictionaryBuilder root)
    {
        if (definition.Staging is not { } staging) return;
        var languages = definition.Languages;
        root.Add("staging", DictionaryBuilder.Of(element =>
        {
            element.Text("base", staging.Base).Text("as_of", staging.AsOf).Number("month_days", staging.MonthDays, 30.0);
            element.Text("as_of_time", Time(staging.AsOfTime)).Each("tables", staging.Tables, table => table.Name, table => Table(table, languages));
            element.List("quarantine", staging.Quarantine, rule => Rule(rule, languages));
            if (staging.Gate is { } gate) element.Add("gate", Gate(gate));
            if (staging.Schedule is { } schedule)
                element.Add("schedule", DictionaryBuilder.Of(inner => inner.Text("daily_at", Time(schedule.DailyAt)).Text("zone", schedule.Zone)));
            if (staging.Output is { } output)
                element.Add("output", DictionaryBuilder.Of(inner => inner.Texts("columns", output.Columns).Text("order", output.Order).Flag("further", output.Further)));
        }));
    }

    private static string Time(TimeOnly time) => time.ToString("HH:mm:ss", CultureInfo.InvariantCulture);

    private static MappingNode Table(StagingTable table, IReadOnlyList<string> languages) => DictionaryBuilder.Of(element =>
    {
        element.Text("file", table.File).Text("key", table.Key);
        if (table.Join != StagingJoin.Base) element.Text("join", table.Join == StagingJoin.One ? "one" : "many");
        element.Text("on", table.On).Text("date", table.Date).Texts("order", table.Order).Text("source", table.Source);
        element.Each("columns", table.Columns, column => column.Name, column => Column(column, languages), mandatory: true);
    });

    private static MappingNode Column(StagingColumn column, IReadOnlyList<string> languages) => DictionaryBuilder.Of(element =>
    {
        element.Word("type", column.Type, InputReader.Types).Range("range", column.Minimum, column.Maximum).Texts("values", column.Values);
        element.Flag("open", column.Open).Flag("optional", column.Optional).Text("latest_before_as_of", column.LatestBeforeAsOf);
        if (column.Dates is { } dates) element.Word("dates", dates, StagingReader.DateOrders);
        FactWriter.Specials(element, column.Specials, languages);
    });

    private static MappingNode Rule(QuarantineRule rule, IReadOnlyList<string> languages) => DictionaryBuilder.Of(element =>
    {
        element.Text("code", rule.Code).Texts("table", rule.Tables).Text("rule", rule.Rule).Expression("when", rule.When).Text("to", rule.To);
        element.Texts("columns", rule.Columns).Number("beyond", rule.Beyond, QuarantineRule.DefaultBeyond);
        element.Word("verdict", rule.Verdict, StagingReader.Verdicts).Text("keep", rule.Keep).Localized("text", rule.Text, languages);
    });

    private static MappingNode Gate(StagingGate gate) => DictionaryBuilder.Of(element =>
        element.Number("min_pass_rate", gate.MinPassRate, 0.0).Map("max_missing", gate.MaxMissing).Text("on_fail", gate.OnFail));
}
