using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary>The course of a call: who calls, the body where there is one, what the domain says, and the answer.</summary>
internal static class ApiCalls
{
    /// <summary>A call without a body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ask">Asks the domain.</param>
    /// <param name="answer">Makes the answer of what it says.</param>
    public static async Task<IResult> AnswerAsync<T>(HttpContext context, Func<Actor, Task<Outcome<T>>> ask, Func<T, IResult> answer)
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        return (await ask(actor)).TryGet(out var value, out problems) ? answer(value) : ApiProblems.Of(problems);
    }

    /// <summary>A call with a JSON body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="ask">Asks the domain.</param>
    /// <param name="answer">Makes the answer of what it says.</param>
    public static async Task<IResult> AnswerAsync<TBody, T>(HttpContext context, Func<Actor, TBody, Task<Outcome<T>>> ask, Func<T, IResult> answer)
        where TBody : class
    {
        if (!ApiCaller.Of(context).TryGet(out var actor, out var problems)) return ApiProblems.Of(problems);
        if (!(await ApiBody.ReadAsync<TBody>(context, context.RequestAborted)).TryGet(out var body, out problems)) return ApiProblems.Of(problems);
        return (await ask(actor, body)).TryGet(out var value, out problems) ? answer(value) : ApiProblems.Of(problems);
    }

    /// <summary>An answer in JSON.</summary>
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, ApiJson.Options, statusCode: status);

    /// <summary>The answer to what was made: 201 with its address.</summary>
    public static IResult Created<T>(HttpContext context, string address, T value)
    {
        context.Response.Headers.Location = ApiRoutes.V1 + address;
        return Json(value, StatusCodes.Status201Created);
    }

    /// <summary>An answer that carries a version.</summary>
    public static IResult Versioned<T>(HttpContext context, int version, T value, int status = StatusCodes.Status200OK)
    {
        ApiVersion.Tell(context, version);
        return Json(value, status);
    }

    /// <summary>One of a list of words in a query; null where it is left out.</summary>
    public static Outcome<string?> Word(HttpContext context, string name, IReadOnlyCollection<string> allowed)
    {
        var given = context.Request.Query[name];
        if (given.Count == 0 || (given.Count == 1 && string.IsNullOrEmpty(given[0]))) return (string?)null;
        return given.Count == 1 && allowed.Contains(given[0]!)
            ? given[0]
            : new Problem(name + ".unknown", $"{name} is none of the words that are known.") { Field = name, Remedy = $"Allowed: {string.Join(", ", allowed)}." };
    }

    /// <summary>An enumeration's members as they stand in queries and JSON.</summary>
    public static IReadOnlyList<string> WordsOf<TEnum>()
        where TEnum : struct, Enum => [.. Enum.GetNames<TEnum>().Select(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName)];

    /// <summary>The version that a change is made for must be the one that is there.</summary>
    public static Problem? Unmatched(HttpContext context, int version) =>
        ApiVersion.Expected(context).TryGet(out var expected, out var problems) ? expected is { } named && named != version ? ApiVersion.Stale : null : problems[0];
}
