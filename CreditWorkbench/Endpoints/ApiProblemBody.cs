using System.Text.Json.Serialization;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Problem details (RFC 9457) of a refusal.</summary>
/// <param name="Title">Reason phrase of the status.</param>
/// <param name="Status">HTTP status.</param>
/// <param name="Detail">What is wrong, in one sentence.</param>
/// <param name="Code">Stable, dotted code.</param>
/// <param name="Remedy">What the caller can do; absent when the detail says it.</param>
/// <param name="Errors">Faults by field; absent without any.</param>
/// <param name="Problems">Each fault with its own code; absent when there is one only.</param>
/// <param name="TraceId">Names the request in the server's log.</param>
public sealed record ApiProblemBody(
    string Title,
    int Status,
    string Detail,
    string Code,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Remedy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyDictionary<string, string[]>? Errors,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ApiFault>? Problems,
    string TraceId);

/// <summary>One fault of several.</summary>
/// <param name="Code">Stable, dotted code.</param>
/// <param name="Field">The field; null when it is about the whole.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Remedy">What the caller can do; null when the message says it.</param>
public sealed record ApiFault(string Code, string? Field, string Message, string? Remedy);
