using System.Text;
using System.Text.Json.Serialization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;

namespace CreditWorkbench.Web.Endpoints;

/// <summary><c>/api/v1/auth</c>: tokens for people and client systems.</summary>
public static class AuthEndpoints
{
    private const long LargestBody = 16 << 10;
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>Maps them.</summary>
    public static void MapAuth(this IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/auth").WithTags("auth").TakesUpTo(LargestBody).Stateless();
        group.MapPost("/login", LoginAsync).AllowAnonymous().Accepts<LoginBody>("application/json")
            .WithName("login").WithSummary("Signs a person in.").Produces<TokenAnswer>().ProducesProblem(401);
        group.MapPost("/refresh", RefreshAsync).AllowAnonymous().Accepts<RefreshBody>("application/json")
            .WithName("refresh").WithSummary("Gets the next pair of tokens; a refresh token is good for one use.").Produces<TokenAnswer>().ProducesProblem(401);
        group.MapPost("/logout", LogoutAsync).RequireAuthorization()
            .WithName("logout").WithSummary("Ends the session of the token.").Produces(204).ProducesProblem(401);
        group.MapPost("/token", TokenAsync).AllowAnonymous().Accepts<ClientCredentials>(Form)
            .WithName("token").WithSummary("OAuth 2 client credentials: a token for an API key.").Produces<ClientTokenAnswer>().ProducesProblem(401);
    }

    private static async Task<IResult> LoginAsync(HttpContext context, ApiSignIn desk, CancellationToken cancellationToken)
    {
        if (!(await ApiBody.ReadAsync<LoginBody>(context, cancellationToken)).TryGet(out var body, out var problems)) return ApiProblems.Of(problems);
        var place = new ClientPlace(context.Request.Headers.UserAgent.ToString(), context.Connection.RemoteIpAddress?.ToString() ?? "");
        return (await desk.BeginAsync(body.Email, body.Password, body.TwoFactorCode, place, cancellationToken)).TryGet(out var pair, out problems) ? Answer(pair) : ApiProblems.Of(problems);
    }

    private static async Task<IResult> RefreshAsync(HttpContext context, ApiSignIn desk, CancellationToken cancellationToken)
    {
        if (!(await ApiBody.ReadAsync<RefreshBody>(context, cancellationToken)).TryGet(out var body, out var problems)) return ApiProblems.Of(problems);
        return (await desk.RefreshAsync(body.RefreshToken, cancellationToken)).TryGet(out var pair, out problems) ? Answer(pair) : ApiProblems.Of(problems);
    }

    private static async Task<IResult> LogoutAsync(HttpContext context, ApiSignIn desk, CancellationToken cancellationToken) =>
        await desk.EndAsync(context.User, cancellationToken) ? Results.NoContent() : ApiProblems.Of(new Problem("session.none", "This call belongs to no session.") { Remedy = "A client system's token simply lapses; revoke its key instead." });

    private static async Task<IResult> TokenAsync(HttpContext context, KnownKeys keys, AccessTokens tokens, CancellationToken cancellationToken)
    {
        if (!(await FormAsync(context, cancellationToken)).TryGet(out var form, out var problems)) return ApiProblems.Of(problems);
        if (form.GetValueOrDefault("grant_type") != "client_credentials") return ApiProblems.Of(new Problem("grant.unsupported", "The grant type is not client_credentials.") { Field = "grant_type" });
        if (CredentialsOf(context, form) is not { } key) return ApiProblems.Of(KnownKeys.Invalid);
        if (!(await keys.FindAsync(key, cancellationToken)).TryGet(out var found, out problems)) return ApiProblems.Of(problems);
        var seconds = (int)AccessTokens.Lifetime.TotalSeconds;
        var token = tokens.ForClient(found.Actor.Id);
        return Results.Json(new ClientTokenAnswer(token, seconds, token, "Bearer", seconds, string.Join(' ', found.Client!.Scopes)), ApiJson.Options);
    }

    private static IResult Answer(TokenPair pair) => Results.Json(new TokenAnswer(pair.AccessToken, pair.RefreshToken, (int)AccessTokens.Lifetime.TotalSeconds), ApiJson.Options);

    private static async Task<Outcome<Dictionary<string, StringValues>>> FormAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentType?.StartsWith(Form, StringComparison.OrdinalIgnoreCase) != true)
            return new Problem("body.mediaType", "The body is not declared as a form.") { Field = "Content-Type", Remedy = $"Send Content-Type: {Form}." };
        if (!ApiBody.Open(context).TryGet(out var stream, out var problems)) return Outcome<Dictionary<string, StringValues>>.Refused(problems);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return QueryHelpers.ParseQuery(await reader.ReadToEndAsync(cancellationToken));
    }

    // In the body, or in the header of HTTP Basic (RFC 6749, 2.3.1); the secret alone or the whole key.
    private static ApiKeyText? CredentialsOf(HttpContext context, Dictionary<string, StringValues> form)
    {
        var (id, secret) = ((string?)form.GetValueOrDefault("client_id"), (string?)form.GetValueOrDefault("client_secret"));
        if (context.Request.Headers.Authorization is [{ } header] && header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)) (id, secret) = BasicOf(header["Basic ".Length..]);
        if (secret is null || !Guid.TryParse(id, out var key)) return null;
        return ApiKeyText.Read(secret) is { } whole ? (whole.Id == key ? whole : null) : ApiKeyText.Read(new ApiKeyText(key, secret).ToString());
    }

    private static (string? Id, string? Secret) BasicOf(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var count)) return default;
        var parts = Encoding.UTF8.GetString(bytes, 0, count).Split(':', 2);
        return parts.Length == 2 ? (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1])) : default;
    }
}

/// <summary>Who signs in.</summary>
/// <param name="Email">E-mail of the account.</param>
/// <param name="Password">Its password.</param>
/// <param name="TwoFactorCode">Six digits of the authenticator, or a recovery code; for accounts that ask for one.</param>
public sealed record LoginBody(string Email, string Password, string? TwoFactorCode = null);

/// <summary>Goes on with a session.</summary>
/// <param name="RefreshToken">The last one that was given.</param>
public sealed record RefreshBody(string RefreshToken);

/// <summary>Tokens of a session.</summary>
/// <param name="AccessToken">Send it as <c>Authorization: Bearer</c>.</param>
/// <param name="RefreshToken">Gets the next pair, once.</param>
/// <param name="ExpiresIn">Seconds that the access token is good.</param>
public sealed record TokenAnswer(string AccessToken, string RefreshToken, int ExpiresIn);

/// <summary>Client credentials (RFC 6749, 4.4), as a form.</summary>
/// <param name="GrantType"><c>client_credentials</c>.</param>
/// <param name="ClientId">Identity of the key.</param>
/// <param name="ClientSecret">Secret of the key, or the whole key.</param>
public sealed record ClientCredentials(
    [property: JsonPropertyName("grant_type")] string GrantType, [property: JsonPropertyName("client_id")] string ClientId, [property: JsonPropertyName("client_secret")] string ClientSecret);

/// <summary>A token for a client system, under our own names and those of OAuth 2.</summary>
/// <param name="AccessToken">Send it as <c>Authorization: Bearer</c>.</param>
/// <param name="ExpiresIn">Seconds that it is good.</param>
/// <param name="OAuthAccessToken">The same token.</param>
/// <param name="TokenType"><c>Bearer</c>.</param>
/// <param name="OAuthExpiresIn">The same seconds.</param>
/// <param name="Scope">Scopes of the key.</param>
public sealed record ClientTokenAnswer(
    string AccessToken, int ExpiresIn, [property: JsonPropertyName("access_token")] string OAuthAccessToken, [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("expires_in")] int OAuthExpiresIn, [property: JsonPropertyName("scope")] string Scope);
