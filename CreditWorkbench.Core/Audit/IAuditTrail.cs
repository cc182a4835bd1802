namespace CreditWorkbench.Core.Audit;

/// <summary>Append-only trail, for events that change nothing else (views, sign-ins, exports). Changes hand their drafts to the port
/// that writes the change.</summary>
public interface IAuditTrail
{
    /// <summary>Writes drafts durably before it returns.</summary>
    Task AppendAsync(IReadOnlyList<AuditDraft> drafts, CancellationToken cancellationToken);
}

/// <summary>Reads and checks the trail.</summary>
public interface IAuditReader
{
    /// <summary>Entries that match, newest first.</summary>
    Task<IReadOnlyList<AuditView>> SearchAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>Every entry in order, for an export.</summary>
    IAsyncEnumerable<AuditView> ReadAllAsync(AuditQuery query, CancellationToken cancellationToken);

    /// <summary>Checks every link and the seals of the tail.</summary>
    Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken);
}
