using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Synthetic;

/// <summary>Draws the rows of one generated table, for one parent row after the other. Holds the row that it works on.</summary>
internal sealed class TableSampler
{
    // Rows of one parent are numbered inside this many places, so that a parent's rows do not depend on other parents.
    private const long RowsPerParent = 1 << 20;
    private readonly SyntheticScope _scope;
    private readonly (FactorLoadings Loadings, int Slot, ulong Key)[] _factors;
    private readonly (ValueDraw Draw, ulong Key)[] _draws;
    private readonly FactorLoadings? _countLoadings;
    private readonly ExpressionProgram? _count;
    private readonly ExpressionProgram? _keep;
    private readonly (ExpressionProgram Share, double Strength, ulong Key)[] _shares;
    private readonly SyntheticSwitches _switches;
    private readonly ulong _countKey;
    private readonly ulong _keepKey;
    private readonly int _parentSlots;
    private readonly int _k;
    private readonly int _size;

    /// <param name="definition">The dictionary.</param>
    /// <param name="number">Position of the table among the generated ones; two may feed one table.</param>
    /// <param name="parent">Sampler of the parent table; null for the first one.</param>
    /// <param name="switches">Seed, drift and bias.</param>
    public TableSampler(ScorecardDefinition definition, int number, TableSampler? parent, SyntheticSwitches switches)
    {
        var synthetic = definition.Synthetic!;
        (Table, _switches) = (synthetic.Tables[number], switches);
        Staged = definition.Staging!.Table(Table.Table)!;
        var around = parent?.Scope.Extend() ?? new ExpressionScope();
        _parentSlots = parent?.Scope.SlotCount ?? 0;
        (_k, _size, End) = (Slot(around, "k"), Slot(around, "count"), Slot(around, "end"));
        foreach (var draw in Table.Draws) AddColumn(around, draw, definition);
        _scope = new SyntheticScope(around, Table.Factors, Table.Draws);
        Correlations = parent?.Correlations ?? new FactorCorrelations();
        var effects = synthetic with { Drift = Of(synthetic.Drift), Bias = Of(synthetic.Bias) };
        ulong Key(string name) => RandomStream.KeyOf(switches.Seed, definition.Id, $"{Table.Table} {number} {name}");
        _factors = [.. Table.Factors.Select(factor => (Correlations.Add(factor, _scope.SlotOf), _scope.SlotOf(factor.Name), Key("factor " + factor.Name)))];
        _draws = [.. Table.Draws.Select(draw => (new ValueDraw(draw, _scope, Correlations, effects, TypeOf(draw.Name)), Key("draw " + draw.Name)))];
        (_countKey, _keepKey) = (Key("count"), Key("keep"));
        _countLoadings = Table.Count is null ? null : Correlations.Of("count", Table.CountLoadings, _scope.SlotOf);
        _count = Table.Count is null ? null : _scope.Compile(Table.Count);
        _keep = Table.Keep is null ? null : _scope.Compile(Table.Keep);
        _shares = [.. Shares(effects.Drift, switches.Drift, Key("drift keep")), .. Shares(effects.Bias, switches.Bias, Key("bias keep"))];
        Slots = new double[_scope.Scope.SlotCount];
    }

    /// <summary>What is drawn.</summary>
    public SyntheticTable Table { get; }

    /// <summary>The table that rows are added to.</summary>
    public StagingTable Staged { get; }

    /// <summary>Values of the row that was drawn last.</summary>
    public double[] Slots { get; }

    /// <summary>Names of the row.</summary>
    public ExpressionScope Scope => _scope.Scope;

    /// <summary>Factors so far.</summary>
    public FactorCorrelations Correlations { get; }

    private int End { get; }

    /// <summary>Compiles an expression over the row.</summary>
    public ExpressionProgram Compile(Expression expression) => _scope.Compile(expression);

    /// <summary>Texts of a column in the order of their numbers; empty where it holds none.</summary>
    public IReadOnlyList<string> TextsOf(string column) => Scope.Find(column)?.Categories ?? [];

    /// <summary>Draws the rows of a parent row, which stands in the parent's slots; each is in <see cref="Slots"/> while it is its turn.</summary>
    /// <param name="parent">Slots of the parent; empty for the first table, which has one row a call.</param>
    /// <param name="parentRow">Zero-based row of the parent, or of the table itself where it has none.</param>
    /// <returns>Number that tells the row's streams from all others of the table.</returns>
    public IEnumerable<long> Rows(double[] parent, long parentRow)
    {
        var first = _count is null ? parentRow : parentRow * RowsPerParent;
        var rows = _count is null ? 1 : CountOf(parent, parentRow);
        for (var k = 0; k < rows; k++)
        {
            Begin(parent, k, rows);
            foreach (var (loadings, slot, key) in _factors) Slots[slot] = loadings.Combine(Slots, new RandomStream(key, first + k).Normal());
            if (_keep is not null && !Holds(_keep, first + k)) continue;
            foreach (var (draw, key) in _draws) draw.Draw(Slots, new RandomStream(key, first + k), _switches);
            if (!IsDropped(first + k)) yield return first + k;
        }
    }

    private int CountOf(double[] parent, long parentRow)
    {
        Begin(parent, 0, 0);
        var stream = new RandomStream(_countKey, parentRow);
        Slots[_scope.Z] = _countLoadings!.Combine(Slots, stream.Normal());
        Slots[_scope.U] = Math.Clamp(NormalDistribution.Cumulative(Slots[_scope.Z]), double.Epsilon, 1 - 1e-16);
        Slots[_scope.V] = stream.Uniform();
        var count = _count!.Evaluate(Slots);
        return double.IsNaN(count) ? 0 : (int)Math.Clamp(Math.Round(count), 0, RowsPerParent);
    }

    private void Begin(double[] parent, int k, int count)
    {
        Array.Fill(Slots, Operations.Missing);
        parent.AsSpan(0, Math.Min(parent.Length, _parentSlots)).CopyTo(Slots);
        (Slots[_k], Slots[_size], Slots[End]) = (k, count, LastDay);
    }

    /// <summary>Day number of the last day of data.</summary>
    public double LastDay { get; init; }

    private bool Holds(ExpressionProgram condition, long row)
    {
        var stream = new RandomStream(_keepKey, row);
        Slots[_scope.Z] = stream.Normal();
        Slots[_scope.U] = NormalDistribution.Cumulative(Slots[_scope.Z]);
        Slots[_scope.V] = stream.Uniform();
        return condition.Evaluate(Slots) is not (double.NaN or 0);
    }

    private bool IsDropped(long row)
    {
        foreach (var (share, strength, key) in _shares)
        {
            Slots[_scope.X] = strength;
            if (new RandomStream(key, row).Uniform() >= share.Evaluate(Slots)) return true;
        }

        return false;
    }

    private IEnumerable<(ExpressionProgram, double, ulong)> Shares(IReadOnlyList<SwitchEffect> effects, double strength, ulong key) =>
        strength == 0 ? [] : effects.Where(effect => effect.Keep is not null).Select((effect, i) => (_scope.Compile(effect.Keep!), strength, key + (ulong)i));

    private IReadOnlyList<SwitchEffect> Of(IReadOnlyList<SwitchEffect> effects) => [.. effects.Where(effect => effect.Table == Table.Table)];

    private InputType? TypeOf(string draw) => Staged.Column(draw) is { } column && column.Type != InputType.DateTime ? column.Type : null;

    private void AddColumn(ExpressionScope scope, DrawDefinition draw, ScorecardDefinition definition)
    {
        if (Staged.Column(draw.Name) is not { Type: InputType.Category } column || scope.SlotOf(draw.Name) is not null) return;
        var declared = column.Values.Count > 0 ? column.Values : [.. definition.Input(draw.Name)?.Values.Select(value => value.Code) ?? []];
        scope.AddCategory(draw.Name, [.. declared.Concat(SyntheticScope.ResultTexts(draw.Value)).Distinct()]);
    }

    private static int Slot(ExpressionScope scope, string name) => scope.SlotOf(name) ?? scope.AddNumber(name);
}
