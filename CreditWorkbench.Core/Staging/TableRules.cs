using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Applies the rules of a table to its rows: keys, parents, dates and conditions. Rows that a rule keeps out leave the
/// table; each finding is handed over.</summary>
/// <param name="staging">All tables.</param>
/// <param name="rules">Rules of the table.</param>
/// <param name="loadDay">Day number of the day of loading; rows dated later are not yet.</param>
/// <param name="threads">Threads at most.</param>
internal sealed class TableRules(StagingDefinition staging, StagingRules rules, double loadDay, int threads)
{
    private StagedTable _table = null!;
    private bool[] _kept = [];
    private Action<StagingFinding> _find = null!;
    private Problem? _refusal;

    /// <summary>Checks a table.</summary>
    /// <param name="table">Loses the rows that rules keep out.</param>
    /// <param name="loaded">Tables that were checked before, by name.</param>
    /// <param name="repeated">Rows whose key another row has that is kept; null to look for them among the rows of the table.</param>
    /// <param name="bounds">Least and greatest size of values in columns with a rule on outliers.</param>
    /// <param name="find">Receives findings.</param>
    /// <returns>Why the whole file is refused; null when it is not.</returns>
    public Problem? Apply(
        StagedTable table, IReadOnlyDictionary<string, StagedTable> loaded, RowMarks? repeated,
        IReadOnlyList<(QuarantineRule Rule, int Column, double Least, double Greatest)> bounds, Action<StagingFinding> find)
    {
        (_table, _find, _refusal) = (table, find, null);
        _kept = new bool[table.Rows];
        Array.Fill(_kept, true);
        if (repeated is null) Keys();
        else Keys(repeated);
        if (rules.Declared(StagingRules.AfterLoad) is { } afterLoad) AfterLoad(afterLoad);
        if (rules.Declared(StagingRules.Orphan) is { To: { } parent } orphan && parent != table.Definition.Name && loaded.TryGetValue(parent, out var parents)) Orphans(orphan, parents);
        foreach (var (rule, column, least, greatest) in bounds) Outliers(rule, column, least, greatest);
        foreach (var rule in rules.Conditions) Condition(rule, loaded);
        table.Keep(_kept);
        return _refusal;
    }

    private void Keys()
    {
        var keys = _table.Column(_table.Definition.Key)!;
        if (_table.Definition.Columns.FirstOrDefault(column => column.LatestBeforeAsOf is not null) is { } reported && _table.Column(reported.Name) is { } reports)
        {
            Reports(keys, reports);
            return;
        }

        var missing = rules.Always(StagingRules.KeyMissing);
        var duplicate = rules.Always(StagingRules.KeyDuplicate);
        var index = KeyIndex.Of(keys, lastWins: duplicate.Keep == "last");
        if (index.Count == keys.Length) return;
        for (var row = 0; row < keys.Length; row++)
        {
            if (double.IsNaN(keys[row])) Find(missing, StagingRules.KeyMissing, row, _table.Definition.Key, null);
            else if (index.RowOf(keys[row]) != row) Find(duplicate, StagingRules.KeyDuplicate, row, _table.Definition.Key, keys[row]);
        }
    }

    private void Keys(RowMarks repeated)
    {
        var keys = _table.Column(_table.Definition.Key)!;
        for (var row = 0; row < keys.Length; row++)
        {
            if (double.IsNaN(keys[row])) Find(rules.Always(StagingRules.KeyMissing), StagingRules.KeyMissing, row, _table.Definition.Key, null);
            else if (repeated.Has(_table.RowNumbers[row])) Find(rules.Always(StagingRules.KeyDuplicate), StagingRules.KeyDuplicate, row, _table.Definition.Key, keys[row]);
        }
    }

    // Where an account reports several times, key and date of the report together are the key.
    private void Reports(double[] keys, double[] reports)
    {
        var seen = new HashSet<(double, double)>(keys.Length);
        for (var row = 0; row < keys.Length; row++)
        {
            if (double.IsNaN(keys[row])) Find(rules.Always(StagingRules.KeyMissing), StagingRules.KeyMissing, row, _table.Definition.Key, null);
            else if (!seen.Add((keys[row], reports[row]))) Find(rules.Always(StagingRules.KeyDuplicate), StagingRules.KeyDuplicate, row, _table.Definition.Key, keys[row]);
        }
    }

    private void AfterLoad(QuarantineRule rule)
    {
        if (_table.Definition.Date is not { } date || _table.Column(date) is not { } days) return;
        for (var row = 0; row < days.Length; row++)
        {
            if (days[row] >= loadDay + 1) Find(rule, StagingRules.AfterLoad, row, date, days[row]);
        }
    }

    private void Orphans(QuarantineRule rule, StagedTable parents)
    {
        var on = _table.Definition.On ?? parents.Definition.Key;
        if (_table.Column(on) is not { } keys) return;
        var known = KeyIndex.Of(parents.Column(parents.Definition.Key)!);
        for (var row = 0; row < keys.Length; row++)
        {
            if (known.RowOf(keys[row]) < 0) Find(rule, StagingRules.Orphan, row, on, keys[row]);
        }
    }

    private void Outliers(QuarantineRule rule, int column, double least, double greatest)
    {
        if (_table.Columns[column] is not { } cells) return;
        for (var row = 0; row < cells.Length; row++)
        {
            if (Math.Abs(cells[row]) is var size && size != 0 && (size < least || size > greatest)) Find(rule, StagingRules.Outlier, row, _table.Definition.Columns[column].Name, cells[row]);
        }
    }

    private void Condition(QuarantineRule rule, IReadOnlyDictionary<string, StagedTable> loaded)
    {
        var names = StagingNames.Of(staging, _table, loaded, ExpressionNames.References(rule.When!).Select(name => name.Name));
        var holds = ColumnExpression.Bind(rule.When!, names.Scope).EvaluateCondition(_table.Rows, names.Columns, threads);
        for (var row = 0; row < holds.Length; row++)
        {
            if (holds[row] != 0) Find(rule, "", row, null, null);
        }
    }

    private void Find(QuarantineRule rule, string kind, int row, string? column, double? value)
    {
        if (!_kept[row]) return;
        var (file, number) = _table.PlaceOf(row);
        var definition = column is null ? null : _table.Definition.Column(column);
        var shown = value is { } known && definition is not null ? CellText(definition, known) : null;
        var finding = new StagingFinding(_table.Definition.Name, file, number, rule.Code, rule.Verdict, column, shown, kind.Length > 0 ? StagingRules.RemedyOf(kind, definition) : rule.Text.In("en"));
        _find(finding);
        if (rule.Verdict == QuarantineVerdict.RejectFile) _refusal ??= TableLoader.Rejected(finding);
        if (rule.Verdict != QuarantineVerdict.Warn) _kept[row] = false;
    }

    private string CellText(StagingColumn column, double value)
    {
        using var text = new StringWriter();
        FeatureCell.Write(text, column, _table.Pools[_table.IndexOf(column.Name)], value);
        return text.ToString();
    }
}
