namespace CreditWorkbench.Core.Scorecards;

/// <summary>Names and functions that an expression may use at its place.</summary>
public sealed class NameScope
{
    private readonly Dictionary<string, ExpressionSymbol> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (string Code, string Reason)> _refused = new(StringComparer.Ordinal);

    /// <summary>Tables that aggregates may read; null where there are none.</summary>
    public StagingDefinition? Staging { get; init; }

    /// <summary>Column of the outcome, which nothing may read; null where it is just another column.</summary>
    public string? TargetColumn { get; init; }

    /// <summary>Whether transforms that are fitted on training rows are allowed.</summary>
    public bool AllowsFitted { get; init; }

    /// <summary>Whether the functions of synthetic draws are allowed.</summary>
    public bool AllowsDraws { get; init; }

    /// <summary>Makes a name visible; a later meaning hides an earlier one.</summary>
    public NameScope Add(string name, ExpressionSymbol symbol)
    {
        _names[name] = symbol;
        _refused.Remove(name);
        return this;
    }

    /// <summary>Makes plain numbers visible.</summary>
    public NameScope AddNumbers(params IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        foreach (var name in names) Add(name, ExpressionSymbol.Number);
        return this;
    }

    /// <summary>States why a name that exists elsewhere cannot be used here.</summary>
    public NameScope Refuse(string name, string code, string reason)
    {
        if (!_names.ContainsKey(name)) _refused[name] = (code, reason);
        return this;
    }

    /// <summary>A scope of its own with the same names.</summary>
    public NameScope Copy()
    {
        var copy = new NameScope { Staging = Staging, TargetColumn = TargetColumn, AllowsFitted = AllowsFitted, AllowsDraws = AllowsDraws };
        foreach (var (name, symbol) in _names) copy._names[name] = symbol;
        foreach (var (name, refusal) in _refused) copy._refused[name] = refusal;
        return copy;
    }

    /// <summary>What a name stands for; null when it cannot be used here.</summary>
    public ExpressionSymbol? Find(string name) => _names.GetValueOrDefault(name);

    /// <summary>Why a name cannot be used here.</summary>
    public (string Code, string Reason) Refusal(string name)
    {
        if (name == TargetColumn) return ("scorecard.expression.target", $"{name} is the outcome; nothing may read it.");
        if (_refused.TryGetValue(name, out var refusal)) return refusal;
        return ("scorecard.expression.name", $"The name {name} is unknown here{Suggestion(name)}.");
    }

    private string Suggestion(string name) =>
        _names.Keys.FirstOrDefault(known => string.Equals(known, name, StringComparison.OrdinalIgnoreCase)) is { } near ? $"; case matters: {near}" : "";
}
