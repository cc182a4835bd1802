using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CreditWorkbench.Web.Endpoints.Description;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Tests.Endpoints.Sweep;

/// <summary>A call of the API with what a good request to it would be.</summary>
/// <param name="Method">Method.</param>
/// <param name="Route">Template.</param>
/// <param name="Rule">Who may call.</param>
/// <param name="Body">A good body as JSON; null where it takes none, or no JSON.</param>
internal sealed partial record SweepRoute(string Method, string Route, AccessRule Rule, string? Body)
{
    // The character 0 is left out of paths: the server's own reading of HTTP refuses it, without a body, before any program hears of it.
    private static readonly string[] Odd =
    [
        "not-a-guid", "%2e%2e%2f%2e%2e%2fetc%2fpasswd", "0", "-1", "NaN", "%F0%9F%92%A9", "%27%20OR%201%3D1--", "00000000-0000-0000-0000-000000000000x", "%ff%fe", "{id}", "%3Cscript%3E",
    ];

    /// <summary>A person who may call.</summary>
    public string Person => Rule.Open ? "nobody" : Roles.All.First(role => Rule.Admits(Roles.PermissionsOf([role])));

    /// <summary>Whether the address has a slot for an identity of something that belongs to somebody.</summary>
    public bool HasOwner => Route.Contains(":guid}", StringComparison.Ordinal);

    /// <summary>Whether the address has a slot.</summary>
    public bool HasId => Slot().IsMatch(Route);

    public static SweepRoute Of(string method, string route, AccessRule rule, JsonObject values)
    {
        var example = ApiExamples.All.FirstOrDefault(example => example.Method == method && Matches(route, example.Path));
        var body = example is { MediaType: ApiExample.Json, Body: { } text } ? text : null;
        if (body is not null && JsonNode.Parse(body) is JsonObject parsed && route.StartsWith("/api/v1/scorecards/", StringComparison.Ordinal))
        {
            parsed["values"] = values.DeepClone();
            body = parsed.ToJsonString();
        }

        return new SweepRoute(method, route, rule, body);
    }

    /// <summary>A request that is good but for its identities, which belong to nothing.</summary>
    public HttpRequestMessage Request(Random random)
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), WithId(Id(random)));
        if (Body is not null) request.Content = new StringContent(Body, System.Text.Encoding.UTF8, "application/json");
        return request;
    }

    /// <summary>The address with an identity in each slot.</summary>
    public string WithId(string id) => Slot().Replace(Route, slot => slot.Groups[2].Value switch
    {
        ":guid" => id,
        ":int" => "99",
        _ => slot.Groups[1].Value == "scorecard" || (slot.Groups[1].Value == "id" && Body is not null) ? "consumer" : "nobody",
    });

    /// <summary>The address with something in its slots that is no identity.</summary>
    public string OddId(Random random) => Slot().Replace(Route, _ => random.Next(8) == 0 ? new string('z', random.Next(1_000, 4_000)) : Odd[random.Next(Odd.Length)]);

    /// <summary>An address that leads nowhere.</summary>
    public string OddAddress(Random random)
    {
        var path = WithId(Id(random));
        return random.Next(7) switch
        {
            0 => path + "/further",
            1 => path + "%01",
            2 => path.Replace("/api/v1", "/api/v9", StringComparison.Ordinal),
            3 => path + "?page=%00",
            4 => path.Replace("/api/v1/", "/api/v1//", StringComparison.Ordinal) + "/x.txt",
            5 => "/api/" + new string('a', random.Next(1, 3_000)),
            _ => path + ";x=1/%2e%2e/y",
        };
    }

    /// <summary>A method that this address does not take.</summary>
    public string OtherMethod(Random random, IEnumerable<(string Method, string Route)> endpoints)
    {
        var taken = endpoints.Where(endpoint => Matches(endpoint.Route, WithId(Id(random)))).Select(endpoint => endpoint.Method).ToHashSet();
        var others = new[] { "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "BREW" }.Where(method => !taken.Contains(method)).ToList();
        return others[random.Next(others.Count)];
    }

    private static bool Matches(string route, string path) =>
        Regex.IsMatch(path.Split('?')[0], "^" + Slot().Replace(Regex.Escape(route).Replace("\\{", "{", StringComparison.Ordinal).Replace("\\}", "}", StringComparison.Ordinal), slot => slot.Groups[2].Value == ":guid" ? "[0-9a-f-]{36}" : slot.Groups[2].Value == ":int" ? "[0-9]+" : "[^/]+") + "$");

    private static string Id(Random random) => string.Create(CultureInfo.InvariantCulture, $"{random.Next():x8}-0000-7000-8000-{random.NextInt64(1L << 40):x12}");

    [GeneratedRegex(@"\{([A-Za-z]+)(:[a-z]+)?\}")]
    private static partial Regex Slot();
}
