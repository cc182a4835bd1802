using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>What a client system sees of the application door: the applicants and applications that it made itself. To it, everybody
/// else's do not exist. People see by role.</summary>
public static class Ownership
{
    /// <summary>The client system that the actor's lists are narrowed to; null for people, who see everybody's.</summary>
    public static Guid? Narrowing(Actor actor) => actor.Kind == ActorKind.Client ? actor.Id : null;

    /// <summary>Whether an actor may know of something that a client system made (null: that a person made).</summary>
    public static bool Sees(Actor actor, Guid? clientId) => actor.Kind != ActorKind.Client || clientId == actor.Id;

    /// <summary>One applicant; null when unknown, or another client's.</summary>
    public static async Task<Applicant?> FindForAsync(this IApplicantStore applicants, Guid id, Actor actor, CancellationToken cancellationToken) =>
        await applicants.FindAsync(id, cancellationToken) is { } applicant && Sees(actor, applicant.ClientId) ? applicant : null;

    /// <summary>One application; null when unknown, or another client's.</summary>
    public static async Task<CreditApplication?> FindForAsync(this IApplicationStore applications, Guid id, Actor actor, CancellationToken cancellationToken) =>
        await applications.FindAsync(id, cancellationToken) is { } application && Sees(actor, application.ClientId) ? application : null;
}
