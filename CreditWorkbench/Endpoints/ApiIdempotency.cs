using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Calls with an <c>Idempotency-Key</c>: made once, answered alike for a day. Endpoints need not know.</summary>
/// <remarks>The body is hashed as the endpoint reads it, so that a batch of gigabytes is never held. Answers of 500 and above, and refusals that the
/// same call may overcome, are forgotten: the next try makes the call. A call that changed something and came to no answer is not made again.</remarks>
public sealed class ApiIdempotency(RequestDelegate next, IdempotentCalls calls, TimeProvider time)
{
    /// <summary>Header of the client's key.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>Header of an answer that was given before.</summary>
    public const string Replayed = "Idempotency-Replayed";

    private const int LongestKey = 200;
    private const string RetryAfter = "2";
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(10);
    private static readonly string[] KeptHeaders = ["Content-Type", "Location", "ETag", "X-Total-Count", "X-Next-After"];

    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var key = context.Request.Headers[Header];
        if (key.Count == 0 || !HttpMethods.IsPost(context.Request.Method) || !ApiRoutes.IsApi(context) || context.GetEndpoint()?.Metadata.GetMetadata<StatelessCall>() is not null) return next(context);
        if (key is not [{ Length: > 0 and <= LongestKey } text] || text.Any(character => character is < '!' or > '~')) return ApiProblems.Of(Invalid).ExecuteAsync(context);
        if (!ApiCaller.Of(context).TryGet(out var actor, out _)) return next(context);
        return AnswerAsync(context, new IdempotentCall(actor.Id, text, AddressOf(context.Request)));
    }

    private async Task AnswerAsync(HttpContext context, IdempotentCall call)
    {
        switch (await calls.BeginAsync(call, context.RequestAborted))
        {
            case CallStanding.Mine mine:
                await MakeAsync(context, call, mine.Owner);
                break;
            case CallStanding.Made made:
                await RepeatAsync(context, call, made);
                break;
            case CallStanding.Unknown unknown:
                await ApiProblems.Of(CryptographicOperations.FixedTimeEquals(call.Address, unknown.Address) ? Lost : Conflict).ExecuteAsync(context);
                break;
            default:
                context.Response.Headers.RetryAfter = RetryAfter;
                await ApiProblems.Of(InFlight).ExecuteAsync(context);
                break;
        }
    }

    private async Task MakeAsync(HttpContext context, IdempotentCall call, Guid owner)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        var renewal = RenewAsync(call, owner, over.Token);
        var (body, answer) = (context.Response.Body, new MemoryStream());
        using var hashed = new HashedStream(context.Request.Body);
        (context.Request.Body, context.Response.Body) = (hashed, answer);
        var kept = false;
        try
        {
            using (calls.Make(call, owner)) await next(context);
            if (IsFinal(context.Response))
            {
                var hash = await hashed.FinishAsync(BodyLimit.Of(context), CancellationToken.None);
                await calls.EndAsync(call, owner, hash, context.Response.StatusCode, Pack(context.Response, answer), CancellationToken.None);
                kept = true;
            }
        }
        finally
        {
            (context.Request.Body, context.Response.Body) = (hashed.Inner, body);
            await over.CancelAsync();
            await renewal;
            if (!kept && IsRefusal(context.Response)) await calls.ForgetAsync(call, owner, CancellationToken.None);
            else if (!kept) await calls.GiveUpAsync(call, owner, CancellationToken.None);
        }

        if (answer.Length > 0) await body.WriteAsync(answer.GetBuffer().AsMemory(0, (int)answer.Length), context.RequestAborted);
    }

    private static async Task RepeatAsync(HttpContext context, IdempotentCall call, CallStanding.Made made)
    {
        using var hashed = new HashedStream(context.Request.Body);
        var hash = await hashed.FinishAsync(BodyLimit.Of(context), context.RequestAborted);
        if (!CryptographicOperations.FixedTimeEquals(call.Address, made.Address) || !CryptographicOperations.FixedTimeEquals(hash, made.BodyHash))
        {
            await ApiProblems.Of(Conflict).ExecuteAsync(context);
            return;
        }

        var kept = JsonSerializer.Deserialize<KeptAnswer>(made.Answer)!;
        context.Response.StatusCode = made.Status;
        foreach (var (name, value) in kept.Headers) context.Response.Headers[name] = value;
        context.Response.Headers[Replayed] = "true";
        if (kept.Body.Length > 0) await context.Response.Body.WriteAsync(kept.Body, context.RequestAborted);
    }

    // What the same call may yet overcome is not its last word.
    private static bool IsFinal(HttpResponse response) => response.StatusCode < 500 && !IsRefusal(response);

    private static bool IsRefusal(HttpResponse response) =>
        response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status408RequestTimeout or StatusCodes.Status429TooManyRequests;

    private async Task RenewAsync(IdempotentCall call, Guid owner, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(Renewal, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested) return;
            await calls.RenewAsync(call, owner, CancellationToken.None);
        }
    }

    private static byte[] Pack(HttpResponse response, MemoryStream answer) => JsonSerializer.SerializeToUtf8Bytes(new KeptAnswer(
        KeptHeaders.Where(response.Headers.ContainsKey).ToDictionary(name => name, name => response.Headers[name].ToString()), answer.ToArray()));

    private static byte[] AddressOf(HttpRequest request) => SHA256.HashData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n{request.ContentType}"));

    private static Problem Invalid { get; } = new("idempotency.invalid", $"An idempotency key has 1 to {LongestKey} visible characters of ASCII.") { Field = Header };

    private static Problem Conflict { get; } = new("idempotency.conflict", "This key was used for another call.") { Field = Header, Remedy = "Use a new key for each call." };

    private static Problem Lost { get; } = new("idempotency.unknown", "An earlier call with this key changed something, and its answer was lost.")
    {
        Field = Header,
        Remedy = "Look at what it was about: it is as the call left it. Then go on with a new key.",
    };

    private static Problem InFlight { get; } = new("idempotency.inFlight", "The call with this key is being made right now.") { Field = Header, Remedy = "Ask again in a moment." };

    private sealed record KeptAnswer(Dictionary<string, string> Headers, byte[] Body);
}
