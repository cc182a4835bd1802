using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace CreditWorkbench.Web.Endpoints.Description;

/// <summary>The description of the API, <c>/openapi/v1.json</c>: every call with its credentials, its refusals and examples. Made once, at the first request.</summary>
public static partial class ApiDescription
{
    /// <summary>Where it lies.</summary>
    public const string Address = "/openapi/v1.json";

    private const string Document = "v1";
    private const string Bearer = "bearer";
    private const string Key = "apiKey";
    private const string ClientCredentials = "clientCredentials";
    private const string Problem = "Problem";

    /// <summary>Registers it.</summary>
    public static IServiceCollection AddApiDescription(this IServiceCollection services)
    {
        services.AddSingleton<ApiDocument>();
        return services.AddOpenApi(Document, options =>
        {
            options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.Ordinal) == true;
            options.AddDocumentTransformer(DescribeAsync);
            options.AddOperationTransformer(DescribeAsync);
            options.AddSchemaTransformer(DescribeAsync);
        });
    }

    /// <summary>Maps it; open to everyone, as it holds nothing but the contract.</summary>
    public static void MapApiDescription(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapGet(Address, async (ApiDocument document, CancellationToken cancellationToken) => Results.Bytes(await document.BytesAsync(cancellationToken), "application/json; charset=utf-8"))
            .AllowAnonymous().ExcludeFromDescription();

    private static async Task DescribeAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "CreditWorkbench",
            Version = "1.0",
            Description = "Scores, explanations and roadmaps for client systems: statelessly, or for stored applications. Refusals are problem details (RFC 9457) with a stable code. "
                + $"{ApiSettings.DefaultRequests} requests a minute unless a key says otherwise; JSON bodies up to 1 MiB, statements 20 MiB, batches 2 GiB, also as gzip.",
        };
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.Schemas ??= new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas[Problem] = await context.GetOrCreateSchemaAsync(typeof(ApiProblemBody), null, cancellationToken);
        document.Components.Schemas.Remove(nameof(Microsoft.AspNetCore.Mvc.ProblemDetails));
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "Token of /api/v1/auth/login or /api/v1/auth/token, good for 30 minutes." },
            [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = ApiDoor.KeyHeader, Description = "Key of a client system." },
            [ClientCredentials] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.OAuth2,
                Description = "Identity and secret of a key, for a token.",
                Flows = new OpenApiOAuthFlows
                {
                    ClientCredentials = new OpenApiOAuthFlow { TokenUrl = new Uri("/api/v1/auth/token", UriKind.Relative), Scopes = ApiScopes.All.ToDictionary(scope => scope, scope => string.Join(", ", ApiScopes.Bundles[scope].Order())) },
                },
            },
        };
    }

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var may = metadata.OfType<MayAttribute>().FirstOrDefault();
        var open = metadata.OfType<Microsoft.AspNetCore.Authorization.IAllowAnonymous>().Any();
        if (may is not null) operation.Description = $"{operation.Description} Needs {string.Join(" or ", may.AnyOf)}.".Trim();
        operation.Security = open ? [] : [Needs(context.Document!, Bearer), Needs(context.Document!, Key), Needs(context.Document!, ClientCredentials)];
        Parameters(operation, context, metadata);
        Refusals(operation, context.Document!, open, metadata.OfType<BodyLimit>().LastOrDefault()?.Bytes);
        Examples(operation);
        return Task.CompletedTask;
    }

    // Kinds that are read and written in a way of our own, which the framework therefore cannot see into.
    private static Task DescribeAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type);
        var nothing = type is null ? 0 : JsonSchemaType.Null;
        type ??= context.JsonTypeInfo.Type;
        if (type == typeof(double)) schema.Type = JsonSchemaType.Number | nothing;
        if (type == typeof(DateTimeOffset)) (schema.Type, schema.Format) = (JsonSchemaType.String | nothing, "date-time");
        return Task.CompletedTask;
    }

    private static OpenApiSecurityRequirement Needs(OpenApiDocument document, string scheme) => new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };

    private static void Parameters(OpenApiOperation operation, OpenApiOperationTransformerContext context, IList<object> metadata)
    {
        operation.Parameters ??= [];
        foreach (var slot in Slots().Matches(context.Description.RelativePath ?? "").Select(match => match.Groups[1].Value))
        {
            if (operation.Parameters.All(known => known.Name != slot))
                operation.Parameters.Add(new OpenApiParameter { Name = slot, In = ParameterLocation.Path, Required = true, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }

        foreach (var query in metadata.OfType<QueryParameter>())
        {
            if (operation.Parameters.All(known => known.Name != query.Name))
                operation.Parameters.Add(new OpenApiParameter { Name = query.Name, In = ParameterLocation.Query, Description = query.Description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });
        }

        if (context.Description.HttpMethod != "POST" || metadata.OfType<StatelessCall>().Any()) return;
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = ApiIdempotency.Header,
            In = ParameterLocation.Header,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 200 },
            Description = "The client's own key of this call. A second call with it gets the first one's answer, for 24 hours.",
        });
    }

    [GeneratedRegex("""\{([A-Za-z]+)[^}]*\}""")]
    private static partial Regex Slots();

    private static void Refusals(OpenApiOperation operation, OpenApiDocument document, bool open, long? limit)
    {
        operation.Responses ??= [];
        Refuse("400", "The request is at fault.");
        if (!open) Refuse("401", "No valid credentials.");
        if (!open) Refuse("403", "Roles or scopes do not allow it.");
        Refuse("429", "Too many requests; see Retry-After.");
        if (operation.RequestBody is not null) Refuse("413", $"The body is longer than {limit} bytes.");
        if (operation.RequestBody is not null) Refuse("415", "The body is of a type that is not taken.");
        foreach (var (status, response) in operation.Responses.Where(response => response.Key[0] is '4' or '5').ToList())
        {
            if (response.Content?.Values.Any(media => media.Schema is OpenApiSchemaReference { Reference.Id: { } id } && id != "ProblemDetails") == true) continue;
            operation.Responses[status] = Of(response.Description ?? "Refused.");
        }

        void Refuse(string status, string description) => operation.Responses.TryAdd(status, Of(description));

        OpenApiResponse Of(string description) => new()
        {
            Description = description,
            Content = new Dictionary<string, OpenApiMediaType> { [ApiProblems.MediaType] = new() { Schema = new OpenApiSchemaReference(Problem, document) } },
        };
    }

    private static void Examples(OpenApiOperation operation)
    {
        if (ApiExamples.Of(operation.OperationId) is not { } example) return;
        if (example.Body is { } body && operation.RequestBody?.Content is { } taken && taken.TryGetValue(example.MediaType, out var request))
            request.Example = example.MediaType == ApiExample.Json ? JsonNode.Parse(body) : JsonValue.Create(body);
        if (example.Answer is { } answer && operation.Responses!.FirstOrDefault(response => response.Key[0] == '2').Value?.Content is { } given && given.TryGetValue(ApiExample.Json, out var response))
            response.Example = JsonNode.Parse(answer);
    }
}
