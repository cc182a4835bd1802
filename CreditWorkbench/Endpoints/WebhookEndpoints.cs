using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Addresses that are told of events, over REST: each caller's own.</summary>
public static class WebhookEndpoints
{
    /// <summary>Maps them.</summary>
    public static void MapWebhooks(this IEndpointRouteBuilder api)
    {
        var may = new MayAttribute(Permission.ScoreStateless);
        api.MapGet("/webhooks", ListAsync).RequireAuthorization(may).WithName("listWebhooks").WithSummary("The caller's webhooks.").WithTags("webhooks").Produces<WebhookView[]>();
        api.MapPost("/webhooks", AddAsync).RequireAuthorization(may).WithName("createWebhook").WithSummary("Registers an HTTPS address; the answer shows the secret of the signature, once.").WithTags("webhooks")
            .Accepts<WebhookBody>("application/json").Produces<WebhookView>(201).ProducesProblem(400).ProducesProblem(409);
        api.MapDelete("/webhooks/{id:guid}", RemoveAsync).RequireAuthorization(may).WithName("deleteWebhook").WithSummary("Removes a webhook; what was not sent yet is not sent.").WithTags("webhooks").Produces(204).ProducesProblem(404);
        api.MapGet("/webhooks/{id:guid}/deliveries", DeliveriesAsync).RequireAuthorization(may).WithName("listDeliveries").WithSummary("What was sent to a webhook, newest first.").WithTags("webhooks")
            .Produces<DeliveryView[]>().ProducesProblem(404);
    }

    private static async Task<IResult> ListAsync(HttpContext context, WebhookDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await desk.ListAsync(actor, cancellationToken)).TryGet(out var found, out problems) ? Results.Json(found.Select(webhook => WebhookView.Of(webhook, withSecret: false)), ApiJson.Options) : ApiProblems.Of(problems);
    }

    private static async Task<IResult> AddAsync(HttpContext context, WebhookDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems) || !(await ApiBody.ReadAsync<WebhookBody>(context, cancellationToken)).TryGet(out var body, out problems)) return ApiProblems.Of(problems);
        return (await desk.AddAsync(new WebhookRequest(body.Url, body.Events), actor, cancellationToken)).TryGet(out var webhook, out problems)
            ? Results.Json(WebhookView.Of(webhook, withSecret: true), ApiJson.Options, statusCode: StatusCodes.Status201Created)
            : ApiProblems.Of(problems);
    }

    private static async Task<IResult> RemoveAsync(Guid id, HttpContext context, WebhookDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await desk.RemoveAsync(id, actor, cancellationToken)).TryGet(out _, out problems) ? Results.NoContent() : ApiProblems.Of(problems);
    }

    private static async Task<IResult> DeliveriesAsync(Guid id, HttpContext context, WebhookDesk desk, CancellationToken cancellationToken)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems) || !ApiPage.Of(context).TryGet(out var page, out problems)) return ApiProblems.Of(problems);
        if (!(await desk.DeliveriesAsync(id, page.Page, page.PageSize, actor, cancellationToken)).TryGet(out var found, out problems)) return ApiProblems.Of(problems);
        ApiPage.Total(context, found.Total);
        return Results.Json(found.Items.Select(DeliveryView.Of), ApiJson.Options);
    }
}

/// <summary>An address to register.</summary>
/// <param name="Url">HTTPS address; nothing private unless the installation allows it.</param>
/// <param name="Events">batch.completed, batch.failed, batch.cancelled.</param>
public sealed record WebhookBody(string Url, IReadOnlyList<string> Events);

/// <summary>A registered address.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Url">Where.</param>
/// <param name="Events">Which events.</param>
/// <param name="CreatedAt">When registered.</param>
/// <param name="Secret">Key of the signature; only in the answer to the registration.</param>
public sealed record WebhookView(Guid Id, Uri Url, IReadOnlyList<string> Events, DateTimeOffset CreatedAt, string? Secret)
{
    /// <summary>The view of a webhook.</summary>
    public static WebhookView Of(Webhook webhook, bool withSecret) => new(webhook.Id, webhook.Url, webhook.Kinds, webhook.CreatedAt, withSecret ? webhook.Secret : null);
}

/// <summary>One event on its way to one address.</summary>
/// <param name="Id">Identity; the header X-Workbench-Delivery.</param>
/// <param name="Event">Kind of the event.</param>
/// <param name="State">pending, delivered or failed.</param>
/// <param name="Attempts">How often it was sent.</param>
/// <param name="Status">Last HTTP status.</param>
/// <param name="Error">Why the last attempt failed.</param>
/// <param name="CreatedAt">When it happened.</param>
/// <param name="NextAt">When it is sent next; null at the end.</param>
/// <param name="EndedAt">When it was delivered or given up.</param>
public sealed record DeliveryView(Guid Id, string Event, DeliveryState State, int Attempts, int? Status, string? Error, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, DateTimeOffset? EndedAt)
{
    /// <summary>The view of a delivery.</summary>
    public static DeliveryView Of(WebhookDelivery delivery) => new(
        delivery.Id, delivery.Kind, delivery.State, delivery.Attempts, delivery.Status, delivery.Error, delivery.CreatedAt, delivery.State == DeliveryState.Pending ? delivery.NextAt : null, delivery.EndedAt);
}
