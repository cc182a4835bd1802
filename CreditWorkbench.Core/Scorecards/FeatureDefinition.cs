namespace CreditWorkbench.Core.Scorecards;

/// <summary>How risk moves as a feature's value rises.</summary>
public enum RiskDirection
{
    /// <summary>Unconstrained.</summary>
    Free,
    /// <summary>Log-odds of bad never fall.</summary>
    Rises,
    /// <summary>Log-odds of bad never rise.</summary>
    Falls,
}

/// <summary>What a feature is used for.</summary>
public enum FeatureUse
{
    /// <summary>A column of the model; policy may read it too.</summary>
    Model,
    /// <summary>Policy, costs and actions only.</summary>
    Policy,
    /// <summary>Monitoring only.</summary>
    Monitor,
    /// <summary>Fairness audit only.</summary>
    Audit,
}

/// <summary>One derived or passed-through value.</summary>
public sealed record FeatureDefinition
{
    /// <summary>Name of the model column; of a passed-through input the input's name.</summary>
    public required string Name { get; init; }
    /// <summary>The input that is passed through; null for an expression.</summary>
    public string? From { get; init; }
    /// <summary>The expression; null for a passed-through input.</summary>
    public Expression? Expression { get; init; }
    /// <summary>The expression's text as written; null for a passed-through input.</summary>
    public string? ExpressionText { get; init; }
    /// <summary>What it is used for.</summary>
    public FeatureUse Use { get; init; }
    /// <summary>Whether it is a flag (0 or 1).</summary>
    public bool IsFlag { get; init; }
    /// <summary>Label for people.</summary>
    public required LocalizedText Label { get; init; }
    /// <summary>Unit; null without one.</summary>
    public string? Unit { get; init; }
    /// <summary>Multiplies the value for display.</summary>
    public double Scale { get; init; } = 1.0;
    /// <summary>Display range, inclusive; null without one.</summary>
    public double? Minimum { get; init; }
    /// <summary>Display range, inclusive; null without one.</summary>
    public double? Maximum { get; init; }
    /// <summary>Direction of risk.</summary>
    public RiskDirection Direction { get; init; }
    /// <summary>Name of its group.</summary>
    public string? Group { get; init; }
    /// <summary>Code of its reason.</summary>
    public string? Reason { get; init; }
    /// <summary>Whether each special code of the passed-through input counts on its own; false sends codes down the missing path.</summary>
    public bool FlagsSpecials { get; init; }
    /// <summary>In the model and watched by bands.</summary>
    public bool Audited { get; init; }
    /// <summary>Whether it is a whole number; for display.</summary>
    public bool IsInteger { get; init; }
    /// <summary>Cut points of audit groups of an audited or policy feature, rising.</summary>
    public IReadOnlyList<double> Bands { get; init; } = [];
    /// <summary>Value when an aggregate finds nothing: 0, or null for missing. Counts only where <see cref="EmptyStated"/> is set;
    /// else a count gives 0 and every other aggregate is missing.</summary>
    public double? Empty { get; init; }
    /// <summary>Whether the dictionary states <see cref="Empty"/>.</summary>
    public bool EmptyStated { get; init; }
    /// <summary>Line of the definition in its file, one-based; 0 when inferred.</summary>
    public int Line { get; init; }
}
