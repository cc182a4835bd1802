namespace CreditWorkbench.Web.Endpoints.Description;

/// <summary>A part of the query that an endpoint reads by itself, for the description.</summary>
/// <param name="Name">Name.</param>
/// <param name="Description">What it does.</param>
public sealed record QueryParameter(string Name, string Description);

/// <summary>Declares what the description cannot see.</summary>
public static class QueryParameters
{
    /// <summary>Declares a part of the query.</summary>
    public static TBuilder WithQuery<TBuilder>(this TBuilder endpoint, string name, string description)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new QueryParameter(name, description));

    /// <summary>Declares <c>page</c> and <c>pageSize</c>.</summary>
    public static TBuilder Paged<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithQuery("page", "One-based page, 1 unless given.").WithQuery("pageSize", $"Items a page, {ApiPage.DefaultSize} unless given, at most {ApiPage.MostSize}.");

    /// <summary>Declares <c>after</c> and <c>pageSize</c>.</summary>
    public static TBuilder Followed<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithQuery("after", "X-Next-After of the previous answer.").WithQuery("pageSize", $"Items at most, {ApiPage.DefaultSize} unless given, at most {ApiPage.MostSize}.");
}
