using System.Security.Cryptography;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Jobs;

/// <summary>What is asked of a webhook.</summary>
/// <param name="Url">Where to tell.</param>
/// <param name="Kinds">Which events.</param>
public sealed record WebhookRequest(string Url, IReadOnlyList<string> Kinds);

/// <summary>Where callers say at which address they want to be told, and see what was sent. Each sees the own ones.</summary>
public sealed class WebhookDesk(IWebhookStore webhooks, WebhookAddresses addresses, TimeProvider clock)
{
    /// <summary>Webhooks of one caller at most.</summary>
    public const int Most = 10;

    /// <summary>Events that can be told.</summary>
    public static IReadOnlyList<string> Kinds { get; } = ["batch.completed", "batch.failed", "batch.cancelled"];

    private const int SecretBytes = 32;

    /// <summary>Registers an address; needs <see cref="Permission.ScoreStateless"/>.</summary>
    /// <returns>The webhook with its secret, which is shown this once; <c>webhook.url</c>, <c>webhook.kind</c>, <c>webhook.limit.conflict</c>.</returns>
    public async Task<Outcome<Webhook>> AddAsync(WebhookRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ScoreStateless) is { } refusal) return refusal;
        var problems = new List<Problem>();
        if (request.Kinds.Count == 0) problems.Add(new Problem("webhook.kind", "No event is named.") { Field = "events", Remedy = $"Events: {string.Join(", ", Kinds)}." });
        problems.AddRange(request.Kinds.Distinct().Where(kind => !Kinds.Contains(kind)).Take(5)
            .Select(kind => new Problem("webhook.kind", $"There is no event {(kind.Length > 40 ? kind[..40] : kind)}.") { Field = "events", Remedy = $"Events: {string.Join(", ", Kinds)}." }));
        if (!addresses.Check(request.Url).TryGet(out var url, out var odd)) problems.AddRange(odd);
        if (problems.Count > 0) return problems;
        if ((await webhooks.OfAsync(actor.Id, cancellationToken)).Count >= Most)
            return new Problem("webhook.limit.conflict", $"This caller has {Most} webhooks already.") { Remedy = "Remove one first." };
        var now = clock.GetUtcNow();
        var webhook = new Webhook
        {
            Id = Guid.CreateVersion7(now),
            OwnerId = actor.Id,
            Url = url!,
            Kinds = [.. request.Kinds.Distinct().Order(StringComparer.Ordinal)],
            Secret = "whsec_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)),
            CreatedAt = now,
        };
        await webhooks.AddAsync(webhook, Entry(actor, "webhook.added", webhook), cancellationToken);
        return webhook;
    }

    /// <summary>The caller's webhooks, newest first.</summary>
    public async Task<Outcome<IReadOnlyList<Webhook>>> ListAsync(Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ScoreStateless) is { } refusal ? refusal : Outcome<IReadOnlyList<Webhook>>.Success(await webhooks.OfAsync(actor.Id, cancellationToken));

    /// <summary>Removes a webhook with what is still to be sent; <c>webhook.notFound</c> for others' ones.</summary>
    public async Task<Outcome<Webhook>> RemoveAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(id, actor, cancellationToken)).TryGet(out var webhook, out var problems)) return Outcome<Webhook>.Refused(problems);
        return await webhooks.RemoveAsync(id, actor.Id, Entry(actor, "webhook.removed", webhook), cancellationToken) ? webhook : NotFound;
    }

    /// <summary>What was sent to a webhook, newest first.</summary>
    public async Task<Outcome<Page<WebhookDelivery>>> DeliveriesAsync(Guid id, int page, int pageSize, Actor actor, CancellationToken cancellationToken)
    {
        if (!(await FindAsync(id, actor, cancellationToken)).TryGet(out _, out var problems)) return Outcome<Page<WebhookDelivery>>.Refused(problems);
        return await webhooks.DeliveriesAsync(id, page, pageSize, cancellationToken);
    }

    private async Task<Outcome<Webhook>> FindAsync(Guid id, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ScoreStateless) is { } refusal) return refusal;
        return await webhooks.FindAsync(id, cancellationToken) is { } webhook && webhook.OwnerId == actor.Id ? webhook : NotFound;
    }

    private static Problem NotFound => new("webhook.notFound", "There is no such webhook.");

    private static AuditDraft Entry(Actor actor, string kind, Webhook webhook) => new(actor, kind, webhook.Id.ToString(), new Dictionary<string, string?>
    {
        ["host"] = webhook.Url.Host,
        ["events"] = string.Join(", ", webhook.Kinds),
    });
}
