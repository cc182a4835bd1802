namespace CreditWorkbench.Core.Scorecards;

/// <summary>The seeded generator of a scorecard: its stated truth. See FORMAT, section on synthetic data.</summary>
public sealed record SyntheticDefinition
{
    /// <summary>Rows by default.</summary>
    public int Rows { get; init; } = 2000;
    /// <summary>First and last day of application; both the last day of data for staged scorecards.</summary>
    public required (DateOnly First, DateOnly Last) Period { get; init; }
    /// <summary>Factors in order with their loadings on earlier factors.</summary>
    public required IReadOnlyList<FactorDefinition> Factors { get; init; }
    /// <summary>Draws in order.</summary>
    public required IReadOnlyList<DrawDefinition> Draws { get; init; }
    /// <summary>Special codes put over true values.</summary>
    public IReadOnlyList<MaskDefinition> Specials { get; init; } = [];
    /// <summary>Missing values put over true values.</summary>
    public IReadOnlyList<MaskDefinition> Missing { get; init; } = [];
    /// <summary>Intercept of the log-odds; 0 with cuts.</summary>
    public double Intercept { get; init; }
    /// <summary>Cuts of proportional odds (ordinal), rising; empty for binary.</summary>
    public IReadOnlyList<double> Cuts { get; init; } = [];
    /// <summary>Standard deviation of a normal term nobody observes.</summary>
    public double Noise { get; init; }
    /// <summary>Terms of the log-odds.</summary>
    public required IReadOnlyList<RiskTerm> Terms { get; init; }
    /// <summary>What the drift switch changes.</summary>
    public IReadOnlyList<SwitchEffect> Drift { get; init; } = [];
    /// <summary>What the bias switch changes.</summary>
    public IReadOnlyList<SwitchEffect> Bias { get; init; } = [];
    /// <summary>Tables in order for staged scorecards; else empty.</summary>
    public IReadOnlyList<SyntheticTable> Tables { get; init; } = [];
    /// <summary>Shares of faulty rows by kind (duplicate_keys, orphans, unreadable), written only when asked for.</summary>
    public IReadOnlyDictionary<string, double> Faults { get; init; } = new Dictionary<string, double>();
    /// <summary>Figures measured on this section, flattened: path (<c>bayes_auc</c>, <c>bad_rate.0</c>) to value.</summary>
    public IReadOnlyDictionary<string, double> Verified { get; init; } = new Dictionary<string, double>();
}

/// <summary>A standard normal factor.</summary>
public sealed record FactorDefinition(string Name, IReadOnlyDictionary<string, double> Loadings);

/// <summary>A drawn value: z by loadings, then an expression over z, u, e, v, factors and earlier draws.</summary>
public sealed record DrawDefinition(string Name, IReadOnlyDictionary<string, double> Loadings, Expression Value);

/// <summary>A mask over a true value: by probability, log-odds or condition.</summary>
/// <param name="Input">Input that is masked.</param>
/// <param name="Code">Special code that is written; null for missing.</param>
/// <param name="Probability">Fixed probability; null otherwise.</param>
/// <param name="Logit">Log-odds of masking; null otherwise.</param>
/// <param name="When">Condition of masking; null otherwise.</param>
/// <param name="Also">Other inputs set on the same rows, to a value.</param>
/// <param name="SameRows">Other inputs given another code on the same rows.</param>
public sealed record MaskDefinition(string Input, string? Code, double? Probability, Expression? Logit, Expression? When,
    IReadOnlyDictionary<string, Expression> Also, IReadOnlyDictionary<string, string> SameRows)
{
    /// <summary>Further inputs that are missing on the same rows.</summary>
    public IReadOnlyList<string> Together { get; init; } = [];
    /// <summary>MCAR, MAR or MNAR; null when not stated.</summary>
    public string? Kind { get; init; }
    /// <summary>Table of the input for staged scorecards; else null.</summary>
    public string? Table { get; init; }
}

/// <summary>A term of the log-odds: weight x value.</summary>
public sealed record RiskTerm(string Name, double Weight, Expression Value)
{
    /// <summary>interaction or nonlinear; null for a plain term.</summary>
    public string? Kind { get; init; }
}

/// <summary>An effect of the drift or bias switch x in [0, 1]: exactly one of a replaced draw, an addition to the log-odds, a
/// factor on one term, or the share of rows kept.</summary>
public sealed record SwitchEffect(string? Draw, Expression? DrawValue, Expression? AddToRisk, string? Term, Expression? TermFactor, Expression? Keep)
{
    /// <summary>measurement, label or representation for bias; null otherwise.</summary>
    public string? Kind { get; init; }
    /// <summary>Table of the draw or of the kept rows for staged scorecards; else null.</summary>
    public string? Table { get; init; }
}

/// <summary>One generated table of a staged scorecard.</summary>
public sealed record SyntheticTable
{
    /// <summary>Table that rows are added to; several entries may feed one table.</summary>
    public required string Table { get; init; }
    /// <summary>Parent table: rows are drawn for each of its rows; null for the first table.</summary>
    public string? Per { get; init; }
    /// <summary>Loadings of the z that <see cref="Count"/> reads.</summary>
    public IReadOnlyDictionary<string, double> CountLoadings { get; init; } = new Dictionary<string, double>();
    /// <summary>Rows per parent row; null for the first table.</summary>
    public Expression? Count { get; init; }
    /// <summary>Condition under which a drawn row is kept; null keeps all.</summary>
    public Expression? Keep { get; init; }
    /// <summary>Factors in order.</summary>
    public IReadOnlyList<FactorDefinition> Factors { get; init; } = [];
    /// <summary>Draws in order.</summary>
    public IReadOnlyList<DrawDefinition> Draws { get; init; } = [];
    /// <summary>Special codes put over true values.</summary>
    public IReadOnlyList<MaskDefinition> Specials { get; init; } = [];
}
