namespace CreditWorkbench.Core.Scorecards;

/// <summary>Declared type of an input.</summary>
public enum InputType
{
    /// <summary>Any finite number.</summary>
    Number,
    /// <summary>A whole number.</summary>
    Integer,
    /// <summary>One of the declared values.</summary>
    Category,
    /// <summary>0 or 1.</summary>
    Flag,
    /// <summary>A calendar date.</summary>
    Date,
    /// <summary>A date with a time.</summary>
    DateTime,
    /// <summary>Free text; never a model input.</summary>
    Text,
}

/// <summary>What an input is to the application itself.</summary>
public enum InputRole
{
    /// <summary>Nothing beyond its value.</summary>
    None,
    /// <summary>The amount asked for.</summary>
    Amount,
    /// <summary>The term in months.</summary>
    Term,
    /// <summary>The yearly interest rate.</summary>
    Rate,
    /// <summary>The date up to which data counts.</summary>
    AsOf,
    /// <summary>A segment for reports.</summary>
    Segment,
}

/// <summary>A special code: a value outside the range with a meaning of its own, which is not "missing".</summary>
/// <param name="Value">The code as it stands in files, compared as a number where the input is numeric, else as text.</param>
/// <param name="Tag">Short name, used in column names as <c>feature~tag</c>.</param>
/// <param name="Label">Meaning for people.</param>
public sealed record SpecialCode(string Value, string Tag, LocalizedText Label);

/// <summary>One allowed value of a category.</summary>
/// <param name="Code">As in files and the API.</param>
/// <param name="Label">For people.</param>
public sealed record CategoryValue(string Code, LocalizedText Label);

/// <summary>One thing that is asked about an applicant.</summary>
public sealed record InputDefinition
{
    /// <summary>Name in files, expressions and the API.</summary>
    public required string Name { get; init; }
    /// <summary>Declared type.</summary>
    public required InputType Type { get; init; }
    /// <summary>Label for people.</summary>
    public required LocalizedText Label { get; init; }
    /// <summary>What it is and how to find it.</summary>
    public required LocalizedText Help { get; init; }
    /// <summary>Unit (IDR, months, ratio, percent, count, years); null without one.</summary>
    public string? Unit { get; init; }
    /// <summary>year or month for amounts per period; null otherwise.</summary>
    public string? Per { get; init; }
    /// <summary>Smallest allowed value, inclusive; null without a limit.</summary>
    public double? Minimum { get; init; }
    /// <summary>Largest allowed value, inclusive; null without a limit.</summary>
    public double? Maximum { get; init; }
    /// <summary>Allowed values of a category in order (the order is the category's index); else empty.</summary>
    public IReadOnlyList<CategoryValue> Values { get; init; } = [];
    /// <summary>An unlisted category code is read as the last value, with a note.</summary>
    public bool Open { get; init; }
    /// <summary>Regular expression that a text matches as a whole; null without one.</summary>
    public string? Pattern { get; init; }
    /// <summary>Whether the intake demands a value.</summary>
    public bool Required { get; init; }
    /// <summary>Special codes in order; index k of <c>CodedNaN</c> is position k - 1.</summary>
    public IReadOnlyList<SpecialCode> Specials { get; init; } = [];
    /// <summary>Name of the source that is trusted most.</summary>
    public required string Source { get; init; }
    /// <summary>Further sources in order of trust.</summary>
    public IReadOnlyList<string> AlsoFrom { get; init; } = [];
    /// <summary>Kept for policy with a lawful ground and for audit; never reaches the model.</summary>
    public bool Sensitive { get; init; }
    /// <summary>Cut points of audit groups, rising.</summary>
    public IReadOnlyList<double> Bands { get; init; } = [];
    /// <summary>Kind of personal data (name, email, phone, national_id, address); null otherwise. Encrypted and masked.</summary>
    public string? Pii { get; init; }
    /// <summary>Added each month by time itself, in the input's unit; 0 when time does not move it.</summary>
    public double Grows { get; init; }
    /// <summary>What it is to the application.</summary>
    public InputRole Role { get; init; }
    /// <summary>A missing value never scores better than the worst regular value.</summary>
    public bool BlankNeverHelps { get; init; }
    /// <summary>The feature whose value the input carries where it is worked out from tables: nobody is asked for it, the staging line
    /// or the caller hands it over. Null for every other input.</summary>
    public FeatureDefinition? Staged { get; init; }
    /// <summary>Line of the definition in its file, one-based; 0 when inferred.</summary>
    public int Line { get; init; }

    /// <summary>Whether values are numbers (number, integer, flag).</summary>
    public bool IsNumeric => Type is InputType.Number or InputType.Integer or InputType.Flag;
}
