using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Endpoints;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Queue;

/// <summary>Who a message acts for.</summary>
/// <param name="Actor">The actor.</param>
/// <param name="LegalBasis">Its own legal basis; null without.</param>
/// <param name="Branch">Its branch; null without.</param>
public sealed record QueueCaller(Actor Actor, string? LegalBasis, string? Branch);

/// <summary>In whose name messages act: that of the client system that they name, else of the one that the setting names, else of the queue itself, which
/// may what the role of services may and, unlike a client system, sees every application.</summary>
public sealed class QueueActors(KnownKeys keys, QueueSettings settings)
{
    /// <summary>The queue itself.</summary>
    public static Actor Own { get; } = new(Guid.Parse("00000000-0000-7000-8000-000000000002"), "Queue", ActorKind.System, Roles.PermissionsOf([Roles.Service]));

    /// <summary>The caller; <c>client.unknown</c> for a key that is not there, is revoked or has expired.</summary>
    public async Task<Outcome<QueueCaller>> OfAsync(Guid? named, CancellationToken cancellationToken)
    {
        if ((named ?? settings.Client) is not { } id) return new QueueCaller(Own, null, null);
        if ((await keys.FindAsync(id, cancellationToken)).TryGet(out var principal, out _)) return Of(principal);
        return new Problem("client.unknown", "The message acts for a client system that has no valid key.") { Field = "client", Remedy = "Name the identity of a valid key, or leave it out." };
    }

    private static QueueCaller Of(ApiPrincipal principal) => new(principal.Actor, principal.Client?.DefaultLegalBasis, principal.Client?.Branch);
}
