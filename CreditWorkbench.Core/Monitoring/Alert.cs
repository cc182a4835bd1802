namespace CreditWorkbench.Core.Monitoring;

/// <summary>How urgent an alert is.</summary>
public enum AlertSeverity
{
    /// <summary>Worth knowing.</summary>
    Notice,
    /// <summary>Somebody should look.</summary>
    Warning,
    /// <summary>Something was stopped, or must be.</summary>
    Critical,
}

/// <summary>Something that a person should see and answer for.</summary>
public sealed record Alert
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Stable dotted word (<c>rollout.rolledBack</c>); pages find its sentence by it.</summary>
    public required string Kind { get; init; }
    /// <summary>Severity.</summary>
    public required AlertSeverity Severity { get; init; }
    /// <summary>What is the same alert again: while one with this key is open, raising it counts it up.</summary>
    public required string Key { get; init; }
    /// <summary>Scorecard; null where it is about none.</summary>
    public string? ScorecardId { get; init; }
    /// <summary>What it is about: an id as text, never a personal datum.</summary>
    public required string SubjectId { get; init; }
    /// <summary>Facts by name (numbers invariant), clear, so never a personal datum.</summary>
    public required IReadOnlyDictionary<string, string> Facts { get; init; }
    /// <summary>How often it was raised.</summary>
    public int Times { get; init; } = 1;
    /// <summary>When first.</summary>
    public required DateTimeOffset RaisedAt { get; init; }
    /// <summary>When last.</summary>
    public required DateTimeOffset LastAt { get; init; }
    /// <summary>Who acknowledged it; null while open.</summary>
    public Guid? AcknowledgedBy { get; init; }
    /// <summary>When; null while open.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }
    /// <summary>What was said then.</summary>
    public string Note { get; init; } = "";
    /// <summary>Version token.</summary>
    public int RowVersion { get; init; }

    /// <summary>Whether nobody acknowledged it yet.</summary>
    public bool IsOpen => AcknowledgedAt is null;
}
