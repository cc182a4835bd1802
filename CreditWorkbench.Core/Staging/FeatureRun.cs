using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Works out the features of all base rows from the loaded tables.</summary>
internal sealed class FeatureRun
{
    private const int RowsPerTask = 512;
    private readonly ScorecardDefinition _definition;
    private readonly IReadOnlyDictionary<string, StagedTable> _tables;
    private readonly StagedTable _base;
    private readonly StagingNames _names;
    private readonly (int Slot, ExpressionProgram Program)[] _steps;
    private readonly (AggregateRun Run, int[] GroupOf)[] _runs;
    private readonly double[] _asOf;

    /// <param name="definition">The dictionary.</param>
    /// <param name="tables">Loaded tables by name.</param>
    /// <param name="asOf">As-of instant per base row, as a day number.</param>
    /// <param name="expressions">What is worked out.</param>
    /// <param name="needed">Columns of joined tables that the result shows.</param>
    /// <param name="threads">Threads at most.</param>
    public FeatureRun(ScorecardDefinition definition, IReadOnlyDictionary<string, StagedTable> tables, double[] asOf, StagedExpressions expressions, IEnumerable<string> needed, int threads)
    {
        (_definition, _tables, _asOf) = (definition, tables, asOf);
        var staging = definition.Staging!;
        _base = tables[staging.Base];
        var read = expressions.Steps.SelectMany(step => ExpressionNames.References(step.Expression)).Select(name => name.Name);
        _names = StagingNames.Of(staging, _base, tables, needed.Concat(read));
        foreach (var input in definition.Inputs.Where(input => input.Staged is null && _names.Scope.SlotOf(input.Name) is null)) _names.Scope.AddInput(input);
        foreach (var (name, _) in expressions.Steps) _names.Scope.AddNumber(name);
        var slotted = expressions.Aggregates.Select(each => (each.Aggregate, Slot: _names.Scope.AddNumber(each.Name))).ToArray();
        var binder = new ExpressionBinder(_names.Scope, new Dictionary<FunctionCall, FittedTransform>());
        _steps = [.. expressions.Steps.Select(step => (_names.Scope.SlotOf(step.Name)!.Value, ExpressionCompiler.Compile(binder.Bind(step.Expression))))];
        _runs = [.. slotted.GroupBy(each => each.Aggregate.Table).Select(group => RunOf(staging, tables[group.Key], [.. group], threads))];
    }

    /// <summary>Works out all rows.</summary>
    /// <param name="columns">Columns of the result, in order.</param>
    /// <param name="order">Base rows in the order of the result.</param>
    /// <param name="threads">Threads at most; the result does not depend on them.</param>
    /// <param name="cancellation">Stops between rows.</param>
    public StagedFeatures Run(IReadOnlyList<string> columns, int[] order, int threads, CancellationToken cancellation)
    {
        var slots = columns.Select(name => _names.Scope.SlotOf(name)!.Value).ToArray();
        var cells = slots.Select(_ => GC.AllocateUninitializedArray<double>(order.Length)).ToArray();
        var tasks = (order.Length + RowsPerTask - 1) / RowsPerTask;
        Parallel.For(0, tasks, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, task =>
        {
            var (row, scratch) = (new double[_names.Scope.SlotCount], new Scratch());
            for (var i = task * RowsPerTask; i < Math.Min(order.Length, (task + 1) * RowsPerTask); i++)
            {
                Fill(order[i], row, scratch);
                for (var column = 0; column < slots.Length; column++) cells[column][i] = row[slots[column]];
            }
        });
        return new StagedFeatures([.. columns.Select((name, i) => ColumnOf(name, cells[i]))], order.Length);
    }

    private void Fill(int row, double[] slots, Scratch scratch)
    {
        Array.Fill(slots, Operations.Missing);
        for (var slot = 0; slot < _names.Columns.Length; slot++)
        {
            if (_names.Columns[slot] is { } cells) slots[slot] = cells[row];
        }

        foreach (var (run, groupOf) in _runs) run.Fill(groupOf[row], _asOf[row], slots, scratch);
        foreach (var (slot, program) in _steps) slots[slot] = program.Evaluate(slots);
    }

    private (AggregateRun Run, int[] GroupOf) RunOf(StagingDefinition staging, StagedTable table, (Aggregate Aggregate, int Slot)[] aggregates, int threads)
    {
        var on = _base.Column(table.Definition.On!)!;
        var keys = KeyIndex.Of(on);
        return (new AggregateRun(staging, table, aggregates, keys, on.Length, threads), [.. on.Select((key, row) => keys.RowOf(key) is var group and >= 0 ? group : row)]);
    }

    private StagedColumn ColumnOf(string name, double[] cells)
    {
        foreach (var table in _definition.Staging!.Tables.Where(table => table.Join != StagingJoin.Many).OrderBy(table => table.Join))
        {
            if (table.Column(name) is { } column && _tables.GetValueOrDefault(table.Name) is { } loaded) return new StagedColumn(column, loaded.Pools[loaded.IndexOf(name)], cells);
        }

        return new StagedColumn(new StagingColumn { Name = name, Type = InputType.Number }, null, cells);
    }
}
