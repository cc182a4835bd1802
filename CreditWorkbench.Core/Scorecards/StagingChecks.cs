namespace CreditWorkbench.Core.Scorecards;

/// <summary>Checks the tables of a staged scorecard.</summary>
/// <param name="definition">Definition.</param>
/// <param name="log">Where faults go.</param>
internal sealed class StagingChecks(ScorecardDefinition definition, ReadingLog log)
{
    private const string AllTables = "*";

    /// <summary>Runs the checks; nothing for one flat file.</summary>
    public void Run()
    {
        if (definition.Staging is not { } staging) return;
        var baseTable = staging.Table(staging.Base);
        if (baseTable is null) log.Error("scorecard.staging.base", "staging.base", staging.Base.Length == 0 ? "The base table is missing." : $"There is no table {staging.Base}.");
        else if (baseTable.Join != StagingJoin.Base) log.Error("scorecard.staging.base", $"staging.tables.{staging.Base}.join", "The base table does not join itself.");
        if (staging.AsOf.Length == 0) log.Error("scorecard.staging.as_of", "staging.as_of", "The as-of column is missing.");
        else if (baseTable is not null && !IsDate(baseTable.Column(staging.AsOf))) log.Error("scorecard.staging.as_of", "staging.as_of", $"{staging.AsOf} is not a date column of {staging.Base}.");
        if (staging.Schedule is { } schedule && !TimeZoneInfo.TryFindSystemTimeZoneById(schedule.Zone, out _)) log.Error("scorecard.staging.zone", "staging.schedule.zone", $"There is no time zone {schedule.Zone}.");
        if (!(staging.MonthDays > 0.0)) log.Error("scorecard.range", "staging.month_days", "A month has days.");
        foreach (var table in staging.Tables) Table(table, baseTable, $"staging.tables.{table.Name}");
        foreach (var rule in staging.Quarantine) Rule(rule, staging, $"staging.quarantine[{rule.Code}]");
        Output(staging);
        Gate(staging);
    }

    private static bool IsDate(StagingColumn? column) => column is { Type: InputType.Date or InputType.DateTime };

    private void Table(StagingTable table, StagingTable? baseTable, string path)
    {
        if (table.Column(table.Key) is null) log.Error("scorecard.staging.key", $"{path}.key", $"{table.Key} is not a column of {table.Name}.");
        if (table.Date is { } date && !IsDate(table.Column(date))) log.Error("scorecard.staging.date", $"{path}.date", $"{date} is not a date column of {table.Name}.");
        foreach (var column in table.Order.Where(column => table.Column(column) is null))
            log.Error("scorecard.staging.order", $"{path}.order", $"{column} is not a column of {table.Name}.");
        if (table.Source is { } source && definition.Sources.All(other => other.Name != source)) log.Error("scorecard.source.unknown", $"{path}.source", $"There is no source {source}.");
        Join(table, baseTable, path);
        foreach (var column in table.Columns) Column(column, table, $"{path}.columns.{column.Name}");
    }

    private void Join(StagingTable table, StagingTable? baseTable, string path)
    {
        if (table.Join == StagingJoin.Base || baseTable is null) return;
        var on = table.On ?? (table.Join == StagingJoin.One ? table.Key : null);
        if (on is null) log.Error("scorecard.staging.on", $"{path}.on", "A table with many rows says on which column it joins.");
        else if (table.Column(on) is null || !IsJoinable(table, baseTable, on))
            log.Error("scorecard.staging.on", $"{path}.on", $"{on} is not a column of both {table.Name} and {baseTable.Name}.");
    }

    // A table with one row may also join on a column of another one: account, then its district.
    private bool IsJoinable(StagingTable table, StagingTable baseTable, string on) => baseTable.Column(on) is not null
        || (table.Join == StagingJoin.One && definition.Staging!.Tables.Any(other => other.Join == StagingJoin.One && other.Name != table.Name && other.Column(on) is not null));

    private void Column(StagingColumn column, StagingTable table, string path)
    {
        if (!InputChecks.IsName(column.Name)) log.Error("scorecard.name.form", path, $"'{column.Name}' cannot be a name: letters, digits and underscores, no word of the language.");
        if (column.Minimum > column.Maximum) log.Error("scorecard.range.reversed", $"{path}.range", "The range runs from high to low.");
        var numeric = column.Type is InputType.Number or InputType.Integer or InputType.Flag;
        InputChecks.Specials(column.Specials, numeric, column.Minimum, column.Maximum, column.Values, path, log);
        if (column.LatestBeforeAsOf is { } key && table.Column(key) is null) log.Error("scorecard.staging.key", $"{path}.latest_before_as_of", $"{key} is not a column of {table.Name}.");
    }

    private void Rule(QuarantineRule rule, StagingDefinition staging, string path)
    {
        foreach (var name in rule.Tables.Where(name => name != AllTables && staging.Table(name) is null))
            log.Error("scorecard.staging.rule", $"{path}.table", $"There is no table {name}.");
        if (rule.To is { } parent && staging.Table(parent) is null) log.Error("scorecard.staging.rule", $"{path}.to", $"There is no table {parent}.");
        if (rule.Rule == "orphan" && rule.To is null) log.Error("scorecard.staging.rule", path, "An orphan rule names the parent table: to.");
        if (rule.Rule == "outlier") Outlier(rule, staging, path);
        if (rule.When is not { } when) return;
        foreach (var table in staging.Tables.Where(table => rule.Tables.Contains(table.Name) || rule.Tables.Contains(AllTables)))
        {
            var scope = new NameScope();
            foreach (var column in staging.Tables.Where(one => one.Join == StagingJoin.One).SelectMany(one => one.Columns).Concat(table.Columns))
                scope.Add(column.Name, ExpressionSymbol.Of(column));
            ScorecardScopes.Checker($"{path}.when", scope, log).Demand(when, ExpressionKind.Flag, "when", ExpressionKind.Flag);
        }
    }

    private void Outlier(QuarantineRule rule, StagingDefinition staging, string path)
    {
        if (rule.Columns.Count == 0) log.Error("scorecard.staging.outlier", $"{path}.columns", "An outlier rule names its columns.");
        if (!(rule.Beyond > 0.0)) log.Error("scorecard.staging.outlier", $"{path}.beyond", "Spreads beyond which a value is an outlier are above 0.");
        var tables = staging.Tables.Where(table => rule.Tables.Contains(table.Name) || rule.Tables.Contains(AllTables)).ToArray();
        foreach (var name in rule.Columns)
        {
            var columns = tables.Select(table => table.Column(name)).OfType<StagingColumn>().ToArray();
            if (columns.Length == 0) log.Error("scorecard.staging.outlier", $"{path}.columns", $"{name} is not a column of the rule's tables.");
            else if (columns.Any(column => column.Type is not (InputType.Number or InputType.Integer))) log.Error("scorecard.staging.outlier", $"{path}.columns", $"{name} is no number; only numbers have outliers.");
        }
    }

    private void Output(StagingDefinition staging)
    {
        if (staging.Output is not { } output) return;
        var columns = staging.Tables.Where(table => table.Join != StagingJoin.Many).SelectMany(table => table.Columns).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in output.Columns.Where(name => !columns.Contains(name) && definition.Feature(name) is null))
            log.Error("scorecard.staging.output", "staging.output.columns", $"{name} is neither a column nor a feature.");
        foreach (var name in output.Columns.GroupBy(name => name).Where(group => group.Count() > 1))
            log.Error("scorecard.name.duplicate", "staging.output.columns", $"The column {name.Key} stands twice.");
        if (output.Order is { } order && !output.Columns.Contains(order)) log.Error("scorecard.staging.output", "staging.output.order", $"{order} is not an output column.");
    }

    private void Gate(StagingDefinition staging)
    {
        if (staging.Gate is not { } gate) return;
        if (gate.MinPassRate is < 0.0 or > 1.0) log.Error("scorecard.range", "staging.gate.min_pass_rate", "A share in [0, 1] is expected.");
        foreach (var name in gate.MaxMissing.Keys.Where(name => staging.Tables.All(table => table.Column(name) is null)))
            log.Error("scorecard.staging.gate", $"staging.gate.max_missing.{name}", $"{name} is not a column of a table.");
    }
}
