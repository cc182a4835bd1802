using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Features;

/// <summary>The compiled features of a dictionary: from the inputs of one case to the float32 vector of the model and to every
/// feature and input as a double for policy, costs and actions. Immutable and safe to share between threads.</summary>
public sealed class FeatureProgram
{
    private const int RowsPerTask = 2048;
    private readonly FeatureLayout _layout;
    private readonly (int Slot, ExpressionProgram Program)[] _steps;
    private readonly (int Slot, bool KeepsCodes)[] _columns;
    private readonly Dictionary<FunctionCall, FittedTransform> _transforms;

    private FeatureProgram(ScorecardDefinition definition, FittedTransforms fitted)
    {
        Definition = definition;
        Fitted = fitted;
        _layout = new FeatureLayout(definition);
        _transforms = new(ReferenceEqualityComparer.Instance);
        foreach (var feature in definition.Features) fitted.CollectFor(feature, _transforms);
        _steps = CompileSteps(definition.Features, _layout, _transforms);
        var model = definition.Features.Index().Where(feature => feature.Item.Use == FeatureUse.Model).ToArray();
        _columns = [.. model.Select(feature => (_layout.FeatureSlots[feature.Index], feature.Item.FlagsSpecials))];
        Columns = [.. model.Select(feature => ColumnOf(definition, feature.Item))];
    }

    /// <summary>The dictionary.</summary>
    public ScorecardDefinition Definition { get; }

    /// <summary>The fitted transforms that the features use.</summary>
    public FittedTransforms Fitted { get; }

    /// <summary>The model's columns, in the order of the vector.</summary>
    public IReadOnlyList<FeatureColumn> Columns { get; }

    /// <summary>Doubles per row: inputs, features and built-in names.</summary>
    public int SlotCount => _layout.Scope.SlotCount;

    /// <summary>Names and slots of a row, for expressions of policy, costs and actions.</summary>
    public ExpressionScope Scope => _layout.Scope;

    /// <summary>Compiles the features of a dictionary.</summary>
    /// <param name="definition">A checked dictionary.</param>
    /// <param name="fitted">Result of <see cref="Fit"/>; <see cref="FittedTransforms.None"/> where nothing is fitted.</param>
    /// <exception cref="ArgumentException">An expression does not fit the dictionary, or a transform has not been fitted.</exception>
    public static FeatureProgram Compile(ScorecardDefinition definition, FittedTransforms fitted) => new(definition, fitted);

    /// <summary>Fits the transforms of a dictionary on training rows, in the order of its features.</summary>
    /// <param name="definition">A checked dictionary.</param>
    /// <param name="rows">Training rows only.</param>
    /// <remarks>O(rows x features) per transform; sums run in row order.</remarks>
    public static FittedTransforms Fit(ScorecardDefinition definition, IReadOnlyList<InputRecord> rows)
    {
        var layout = new FeatureLayout(definition);
        var byCall = new Dictionary<FunctionCall, FittedTransform>(ReferenceEqualityComparer.Instance);
        var entries = new List<(string, int, FittedTransform)>();
        for (var feature = 0; feature < definition.Features.Count; feature++)
        {
            if (definition.Features[feature].Expression is not { } expression) continue;
            foreach (var (ordinal, call) in FittedCalls.In(expression).Index())
            {
                var earlier = CompileSteps(definition.Features.Take(feature), layout, byCall);
                byCall[call] = FitCall(call, layout, earlier, byCall, rows);
                entries.Add((definition.Features[feature].Name, ordinal, byCall[call]));
            }
        }

        return new FittedTransforms(entries);
    }

    /// <summary>Computes one row.</summary>
    /// <param name="record">Inputs of this dictionary.</param>
    /// <param name="slots">At least <see cref="SlotCount"/>; receives every input, feature and built-in name.</param>
    /// <param name="model">At least <see cref="Columns"/>; receives the vector, each cell rounded to float32 once.</param>
    /// <param name="terms">Amount and term where no input states them.</param>
    public void Run(InputRecord record, Span<double> slots, Span<float> model, ApplicationTerms terms = default)
    {
        _layout.Load(record, slots, terms);
        ComputeSlots(slots);
        for (var column = 0; column < _columns.Length; column++) model[column] = Cell(slots, column);
    }

    /// <summary>Computes one row and keeps every value by name.</summary>
    public FeatureValues Evaluate(InputRecord record, ApplicationTerms terms = default)
    {
        var slots = new double[SlotCount];
        var model = new float[Columns.Count];
        Run(record, slots, model, terms);
        return new FeatureValues(this, slots, model);
    }

    /// <summary>Computes many rows; the same bits as row by row.</summary>
    /// <param name="rows">Inputs of this dictionary.</param>
    /// <param name="threads">Threads at most; -1 for as many as the machine has. The result does not depend on it.</param>
    public FeatureMatrix Run(IReadOnlyList<InputRecord> rows, int threads = -1)
    {
        var values = new float[(long)rows.Count * Columns.Count];
        var tasks = (rows.Count + RowsPerTask - 1) / RowsPerTask;
        Parallel.For(0, tasks, new ParallelOptions { MaxDegreeOfParallelism = threads }, task =>
        {
            var slots = new double[SlotCount];
            var end = Math.Min(rows.Count, (task + 1) * RowsPerTask);
            for (var row = task * RowsPerTask; row < end; row++)
            {
                _layout.Load(rows[row], slots, default);
                ComputeSlots(slots);
                for (var column = 0; column < _columns.Length; column++) values[(long)column * rows.Count + row] = Cell(slots, column);
            }
        });
        return new FeatureMatrix(Columns, rows.Count, values);
    }

    /// <summary>Computes the features of a row whose inputs stand in their slots already: for trials that change an input.</summary>
    /// <param name="slots">At least <see cref="SlotCount"/>, inputs in front in the dictionary's order.</param>
    public void ComputeSlots(Span<double> slots)
    {
        foreach (ref readonly var step in _steps.AsSpan()) slots[step.Slot] = step.Program.Evaluate(slots);
    }

    internal BoundExpression Bind(Expression expression, string? target) => new ExpressionBinder(Scope, _transforms).Bind(expression, target);

    internal void SetChange(Span<double> slots, ActionChange change) => _layout.SetChange(slots, change);

    private static (int, ExpressionProgram)[] CompileSteps(IEnumerable<FeatureDefinition> features, FeatureLayout layout, Dictionary<FunctionCall, FittedTransform> transforms)
    {
        var binder = new ExpressionBinder(layout.Scope, transforms);
        return [.. features.Index().Where(feature => feature.Item.Expression is not null)
            .Select(feature => (layout.FeatureSlots[feature.Index], ExpressionCompiler.Compile(binder.Bind(feature.Item.Expression!))))];
    }

    private static FittedTransform FitCall(
        FunctionCall call, FeatureLayout layout, (int Slot, ExpressionProgram Program)[] earlier, Dictionary<FunctionCall, FittedTransform> byCall, IReadOnlyList<InputRecord> rows)
    {
        var parts = new ExpressionBinder(layout.Scope, byCall).BindFittedParts(call).Select(ExpressionCompiler.Compile).ToArray();
        var slots = new double[layout.Scope.SlotCount];
        var values = new double[rows.Count];
        var groups = parts.Length > 1 ? new double[rows.Count] : [];
        for (var row = 0; row < rows.Count; row++)
        {
            layout.Load(rows[row], slots, default);
            foreach (var step in earlier) slots[step.Slot] = step.Program.Evaluate(slots);
            values[row] = parts[0].Evaluate(slots);
            if (parts.Length > 1) groups[row] = parts[1].Evaluate(slots);
        }

        return TransformFitter.Fit(call, values, groups);
    }

    private static FeatureColumn ColumnOf(ScorecardDefinition definition, FeatureDefinition feature)
    {
        var input = feature.From is null ? null : definition.Input(feature.From);
        var categories = input?.Values.Select(value => value.Code).ToArray() ?? [];
        var specials = feature.FlagsSpecials && input is not null ? input.Specials.Select(special => special.Value).ToArray() : [];
        var direction = categories.Length > 0 ? 0 : feature.Direction switch { RiskDirection.Rises => 1, RiskDirection.Falls => -1, _ => 0 };
        return new FeatureColumn(feature.Name, direction, categories, specials);
    }

    // A double beyond the range of float32 would become infinite, which no split point can hold: it is missing.
    private float Cell(ReadOnlySpan<double> slots, int column)
    {
        var (slot, keepsCodes) = _columns[column];
        var value = slots[slot];
        if (double.IsNaN(value)) return keepsCodes ? CodedNaN.ToFloat(value) : CodedNaN.Missing;
        var cell = CodedNaN.ToFloat(value);
        return float.IsFinite(cell) ? cell : CodedNaN.Missing;
    }
}
