using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Staging;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Makes the rows of some customers: draws, features of the complete tables, outcomes, then what hides values.</summary>
internal sealed class TableBatchMaker
{
    private readonly ScorecardDefinition _definition;
    private readonly SyntheticSwitches _switches;
    private readonly TableSampler[] _samplers;
    private readonly TableMask[] _masks;
    private readonly Dictionary<string, long> _nextKey;
    private readonly StagingTable _base;
    private readonly ulong _noiseKey;
    private readonly ulong _outcomeKey;

    public TableBatchMaker(ScorecardDefinition definition, SyntheticSwitches switches)
    {
        (_definition, _switches) = (definition, switches);
        var synthetic = definition.Synthetic!;
        _samplers = new TableSampler[synthetic.Tables.Count];
        for (var i = 0; i < _samplers.Length; i++)
        {
            var parent = synthetic.Tables[i].Per is { } per ? _samplers.Take(i).First(sampler => sampler.Table.Table == per) : null;
            _samplers[i] = new TableSampler(definition, i, parent, switches) { LastDay = synthetic.Period.Last.DayNumber };
        }

        _masks = [.. synthetic.Missing.Index().Select(mask => new TableMask(mask.Item, mask.Index, definition, _samplers, switches)),
            .. _samplers.SelectMany((sampler, i) => sampler.Table.Specials.Index().Select(mask => new TableMask(mask.Item with { Table = sampler.Table.Table }, 1000 * (i + 1) + mask.Index, definition, _samplers, switches)))];
        _nextKey = definition.Staging!.Tables.ToDictionary(table => table.Name, _ => 1L, StringComparer.Ordinal);
        _base = definition.Staging.Table(definition.Staging.Base)!;
        (_noiseKey, _outcomeKey) = (RandomStream.KeyOf(switches.Seed, definition.Id, "noise"), RandomStream.KeyOf(switches.Seed, definition.Id, "outcome"));
    }

    /// <summary>Makes the rows of consecutive customers; called for one batch after the other, for keys count on.</summary>
    /// <param name="first">Zero-based first customer.</param>
    /// <param name="count">Number of customers.</param>
    public TableBatch Make(int first, int count)
    {
        var tables = _definition.Staging!.Tables.ToDictionary(table => table.Name, RowsOf, StringComparer.Ordinal);
        var (hidden, streams) = (new List<(TableMask, int)>(), new List<long>());
        for (var customer = first; customer < first + count; customer++)
        {
            foreach (var row in _samplers[0].Rows([], customer))
            {
                var key = Add(tables, _samplers[0], null, row, hidden, streams);
                foreach (var child in _samplers.Skip(1)) Children(tables, child, key, customer, hidden, streams);
            }
        }

        var truths = Truths(tables, streams);
        foreach (var (mask, row) in hidden) mask.Write(tables[mask.Table], row);
        return new TableBatch(tables, truths);
    }

    private void Children(Dictionary<string, TableRows> tables, TableSampler child, long parentKey, int customer, List<(TableMask, int)> hidden, List<long> streams)
    {
        var parent = _samplers.First(sampler => sampler.Table.Table == child.Table.Per).Slots;
        foreach (var row in child.Rows(parent, customer)) Add(tables, child, parentKey, row, hidden, streams);
    }

    private long Add(Dictionary<string, TableRows> tables, TableSampler sampler, long? parentKey, long stream, List<(TableMask, int)> hidden, List<long> streams)
    {
        var (table, rows) = (sampler.Staged, tables[sampler.Staged.Name]);
        var key = _nextKey[table.Name]++;
        var on = table.On ?? (parentKey is null ? null : _definition.Staging!.Tables.FirstOrDefault(other => other.Name == sampler.Table.Per)?.Key);
        rows.Add(name => name == table.Key ? key : name == on && parentKey is { } parent ? parent : sampler.Scope.SlotOf(name) is { } slot ? sampler.Slots[slot] : double.NaN);
        foreach (var mask in _masks)
        {
            if (mask.Table == table.Name && mask.Of(sampler) && mask.Strikes(sampler, stream)) hidden.Add((mask, rows.Count - 1));
        }

        if (table.Name == _base.Name) streams.Add(stream);
        return key;
    }

    private List<SyntheticTruth> Truths(Dictionary<string, TableRows> tables, List<long> streams)
    {
        var staged = tables.ToDictionary(table => table.Key, table => table.Value.Staged(), StringComparer.Ordinal);
        var risk = new StagedRisk(_definition, staged, _switches);
        var truths = new List<SyntheticTruth>(streams.Count);
        var target = tables[_base.Name].IndexOf(_definition.Target.Column);
        for (var row = 0; row < streams.Count; row++)
        {
            var logOdds = risk.LogOdds(row);
            var drawn = logOdds + _definition.Synthetic!.Noise * new RandomStream(_noiseKey, streams[row]).Normal();
            var outcome = new RandomStream(_outcomeKey, streams[row]).Uniform() < ReproducibleMath.Logistic(drawn) ? 1 : 0;
            truths.Add(new SyntheticTruth(outcome, logOdds));
            if (target >= 0) tables[_base.Name][row, target] = outcome;
        }

        return truths;
    }

    private TableRows RowsOf(StagingTable table) =>
        new(table, column => _samplers.Where(sampler => sampler.Staged.Name == table.Name).Select(sampler => sampler.TextsOf(column)).FirstOrDefault(texts => texts.Count > 0) ?? []);
}
