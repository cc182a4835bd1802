using System.Globalization;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Audit;

/// <summary>Where the trail is read, checked and exported; checks and exports leave an entry of their own.</summary>
public sealed class AuditDesk(IAuditReader reader, IAuditTrail trail)
{
    private const string Subject = "trail";

    /// <summary>Entries that match, newest first; personal data masked.</summary>
    public async Task<Outcome<IReadOnlyList<AuditView>>> SearchAsync(AuditQuery query, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadAudit) is { } refusal) return refusal;
        return Outcome<IReadOnlyList<AuditView>>.Success(await reader.SearchAsync(query, cancellationToken));
    }

    /// <summary>Checks the whole chain.</summary>
    public async Task<Outcome<AuditVerification>> VerifyAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadAudit) is { } refusal) return refusal;
        var verification = await reader.VerifyAsync(cancellationToken);
        await NoteAsync(actor, "audit.verified", cancellationToken, ("intact", verification.Intact ? "true" : "false"), ("entries", verification.Entries.ToString(CultureInfo.InvariantCulture)));
        return verification;
    }

    /// <summary>Every entry that matches in order, for an export; personal data masked. The export is noted before the first entry is handed out.</summary>
    public async Task<Outcome<IAsyncEnumerable<AuditView>>> ExportAsync(AuditQuery query, string format, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadAudit) is { } refusal) return refusal;
        await NoteAsync(actor, "audit.exported", cancellationToken, ("format", format), ("kind", query.Kind), ("subject", query.SubjectId));
        return Outcome<IAsyncEnumerable<AuditView>>.Success(reader.ReadAllAsync(query, cancellationToken));
    }

    private Task NoteAsync(Actor actor, string kind, CancellationToken cancellationToken, params (string Name, string? Value)[] facts) =>
        trail.AppendAsync([new AuditDraft(actor, kind, Subject, facts.ToDictionary(fact => fact.Name, fact => fact.Value))], cancellationToken);
}
