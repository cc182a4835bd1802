using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>What is wrong with a row on purpose.</summary>
internal enum TableFault
{
    None, Duplicate, Orphan, Unreadable,
}

/// <summary>Which rows are written with a fault: the shares that the dictionary states.</summary>
/// <param name="definition">The dictionary.</param>
/// <param name="switches">Seed.</param>
internal sealed class TableFaults(ScorecardDefinition definition, SyntheticSwitches switches)
{
    private readonly double _duplicates = definition.Synthetic!.Faults.GetValueOrDefault("duplicate_keys");
    private readonly double _orphans = definition.Synthetic!.Faults.GetValueOrDefault("orphans");
    private readonly double _unreadable = definition.Synthetic!.Faults.GetValueOrDefault("unreadable");
    private readonly ulong _key = RandomStream.KeyOf(switches.Seed, definition.Id, "faults");
    private long _row;

    /// <summary>The fault of the next row.</summary>
    public TableFault Next(StagingTable table)
    {
        var u = new RandomStream(_key, _row++).Uniform();
        if (u < _duplicates) return TableFault.Duplicate;
        u -= _duplicates;
        if (u < _orphans) return table.On is null && table.Join != StagingJoin.Many ? TableFault.None : TableFault.Orphan;
        return u - _orphans < _unreadable && u >= _orphans ? TableFault.Unreadable : TableFault.None;
    }
}
