using System.Security.Claims;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>A client system that calls with a key, or with a token that it got for one. What it makes carries its <see cref="Id"/>, and it sees nothing else.</summary>
/// <param name="Id">Identity of the key; also the identity of the actor.</param>
/// <param name="Name">For screens.</param>
/// <param name="Scopes">Scopes of the key, such as <c>score:stateless</c>.</param>
/// <param name="DefaultLegalBasis">Legal basis of calls that name none; null when each call must name it.</param>
/// <param name="Branch">Branch that its applications belong to; null for none.</param>
public sealed record ApiClient(Guid Id, string Name, IReadOnlyList<string> Scopes, string? DefaultLegalBasis, string? Branch);

/// <summary>Whoever calls the API with a key or token: worked out once, then shared by every request until the credentials are looked at anew.</summary>
/// <remarks>Nobody changes it after it was made, so that requests may share it.</remarks>
public sealed class ApiPrincipal : ClaimsPrincipal
{
    /// <summary>A client system.</summary>
    public ApiPrincipal(Actor actor, ApiClient client, int? requestsPerMinute)
        : base(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, actor.Id.ToString())], "ApiKey")) => (Actor, Client, RequestsPerMinute) = (actor, client, requestsPerMinute);

    /// <summary>A person with a bearer token.</summary>
    public ApiPrincipal(Actor actor, ClaimsIdentity identity)
        : base(identity) => Actor = actor;

    /// <summary>Who acts.</summary>
    public Actor Actor { get; }

    /// <summary>The client system; null for a person.</summary>
    public ApiClient? Client { get; }

    /// <summary>Requests a minute that the key allows; null for the setting.</summary>
    public int? RequestsPerMinute { get; }
}
