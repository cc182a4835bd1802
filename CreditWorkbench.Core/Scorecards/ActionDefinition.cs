namespace CreditWorkbench.Core.Scorecards;

/// <summary>Which way an action moves its input.</summary>
public enum ActionMove
{
    /// <summary>The value rises.</summary>
    Up,
    /// <summary>The value falls.</summary>
    Down,
    /// <summary>The value is set.</summary>
    Set,
}

/// <summary>How hard an action is.</summary>
public enum Effort
{
    /// <summary>Little.</summary>
    Low,
    /// <summary>Some.</summary>
    Medium,
    /// <summary>Much.</summary>
    High,
}

/// <summary>Something that an applicant can change. Everything not named by an action is immutable.</summary>
public sealed record ActionDefinition
{
    /// <summary>Name.</summary>
    public required string Name { get; init; }
    /// <summary>Input (or staged feature) that moves.</summary>
    public required string Input { get; init; }
    /// <summary>Which way.</summary>
    public required ActionMove Move { get; init; }
    /// <summary>Furthest value; an expression over inputs, or a category's code as a text literal.</summary>
    public required Expression To { get; init; }
    /// <summary>Smallest useful change; positive. 0 for Set.</summary>
    public double Step { get; init; }
    /// <summary>Smallest useful change as an expression over inputs and features; null when <see cref="Step"/> states it.</summary>
    public Expression? StepBy { get; init; }
    /// <summary>Months until data shows it, at least.</summary>
    public int Months { get; init; }
    /// <summary>Fastest pace in units per month; null when the whole change can be made at once.</summary>
    public double? PerMonth { get; init; }
    /// <summary>Fastest pace as an expression over inputs and features; null when <see cref="PerMonth"/> states it or there is none.</summary>
    public Expression? PerMonthBy { get; init; }
    /// <summary>Effort.</summary>
    public Effort Effort { get; init; }
    /// <summary>Condition; null when always possible.</summary>
    public Expression? OnlyIf { get; init; }
    /// <summary>Only what already exists and is proved.</summary>
    public bool Evidence { get; init; }
    /// <summary>Inputs that move with it: name to expression over <c>change</c>, <c>new</c>, <c>old</c>, <c>months</c> and inputs.</summary>
    public IReadOnlyDictionary<string, Expression> Also { get; init; } = new Dictionary<string, Expression>();
    /// <summary>Whether it moves a staged feature.</summary>
    public bool Staged { get; init; }
    /// <summary>What to do.</summary>
    public required LocalizedText Label { get; init; }
    /// <summary>How to do it.</summary>
    public required LocalizedText How { get; init; }
}
