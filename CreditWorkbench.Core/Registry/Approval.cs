namespace CreditWorkbench.Core.Registry;

/// <summary>State of a request for approval.</summary>
public enum ApprovalState
{
    /// <summary>Waits for somebody who did not build the model.</summary>
    Open,
    /// <summary>Approved: the version went into production.</summary>
    Approved,
    /// <summary>Turned down.</summary>
    Rejected,
    /// <summary>Taken back by who asked.</summary>
    Withdrawn,
}

/// <summary>A request that a version may decide, and what became of it.</summary>
public sealed record Approval
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Model version.</summary>
    public required Guid ModelId { get; init; }
    /// <summary>Who asked; null where nobody asked and an approver promoted on the approver's own account.</summary>
    public Guid? RequestedBy { get; init; }
    /// <summary>Why.</summary>
    public string RequestNote { get; init; } = "";
    /// <summary>When.</summary>
    public required DateTimeOffset RequestedAt { get; init; }
    /// <summary>State.</summary>
    public ApprovalState State { get; init; }
    /// <summary>Who decided; null while open.</summary>
    public Guid? DecidedBy { get; init; }
    /// <summary>When; null while open.</summary>
    public DateTimeOffset? DecidedAt { get; init; }
    /// <summary>Reason of the decision; null while open.</summary>
    public string? Note { get; init; }
}
