namespace CreditWorkbench.Core.Scorecards;

/// <summary>One class of an ordinal target.</summary>
/// <param name="Value">As in files.</param>
/// <param name="Name">Short name.</param>
/// <param name="Label">For people.</param>
public sealed record TargetClass(string Value, string Name, LocalizedText Label);

/// <summary>What is predicted: a binary outcome, or ordered classes, best first.</summary>
public sealed record TargetDefinition
{
    /// <summary>Column of the outcome in files.</summary>
    public required string Column { get; init; }
    /// <summary>Values that count as bad (binary).</summary>
    public IReadOnlyList<string> Bad { get; init; } = [];
    /// <summary>Values that count as good (binary); empty: every other value.</summary>
    public IReadOnlyList<string> Good { get; init; } = [];
    /// <summary>Classes, best first (ordinal); empty for binary.</summary>
    public IReadOnlyList<TargetClass> Classes { get; init; } = [];
    /// <summary>Class whose probability is the PD (ordinal); null for binary.</summary>
    public string? PdClass { get; init; }
    /// <summary>Months over which the outcome is observed.</summary>
    public int HorizonMonths { get; init; }
    /// <summary>What counts as bad, in words.</summary>
    public required LocalizedText Meaning { get; init; }

    /// <summary>Whether the target is ordinal.</summary>
    public bool IsOrdinal => Classes.Count > 0;
}

/// <summary>How margins become points.</summary>
public sealed record ScaleDefinition
{
    /// <summary>Score at <see cref="Odds"/> (binary).</summary>
    public double Base { get; init; } = 600;
    /// <summary>Odds good : bad at <see cref="Base"/> (binary).</summary>
    public double Odds { get; init; } = 19;
    /// <summary>Points that double the odds (binary).</summary>
    public double Pdo { get; init; } = 50;
    /// <summary>Anchor of z per class name (ordinal); empty for binary.</summary>
    public IReadOnlyDictionary<string, double> Anchors { get; init; } = new Dictionary<string, double>();
    /// <summary>Lowest issued score.</summary>
    public int Min { get; init; } = 300;
    /// <summary>Highest issued score.</summary>
    public int Max { get; init; } = 900;
}

/// <summary>Costs of wrong decisions; expressions over inputs, features, amount and term_months.</summary>
public sealed record CostDefinition
{
    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }
    /// <summary>Loss given default, in [0, 1]; null when fixed costs are stated.</summary>
    public double? Lgd { get; init; }
    /// <summary>Exposure at default.</summary>
    public Expression? Ead { get; init; }
    /// <summary>Margin earned on a good loan.</summary>
    public Expression? Margin { get; init; }
    /// <summary>Cost of a referral.</summary>
    public double Refer { get; init; }
    /// <summary>Cost of approving a bad case; null when not stated.</summary>
    public double? FalseNegative { get; init; }
    /// <summary>Cost of declining a good case; null when not stated.</summary>
    public double? FalsePositive { get; init; }
    /// <summary>PD threshold until one is searched; null when not stated.</summary>
    public double? InitialPd { get; init; }
    /// <summary>Whether the cut is searched on the validation rows by fixed costs.</summary>
    public bool SearchesThreshold { get; init; }
    /// <summary>Amount used when the application names none.</summary>
    public double? DefaultAmount { get; init; }
}
