using CreditWorkbench.Web.Identity;
using Xunit;

namespace CreditWorkbench.Tests.Web.Cases;

/// <summary>Every cell of the table of access that lies under the API: without credentials 401, with another role 403, with the right one neither.</summary>
[Collection(CaseServers.Name)]
public sealed class CaseAccessTests(CaseServer server)
{
    private const string Prefix = "/api/v1/";

    public static TheoryData<string, string> Routes => [.. AccessTable.Endpoints.Where(row => row.Key.Route.StartsWith(Prefix, StringComparison.Ordinal) && !row.Value.Open && row.Value.AnyOf.Count > 0)
        .Select(row => new TheoryDataRow<string, string>(row.Key.Method, row.Key.Route))];

    [Theory, MemberData(nameof(Routes))]
    public async Task Call_ByEveryRole_IsAdmittedAsTheTableSays(string method, string route)
    {
        var rule = AccessTable.Endpoints[(method, route)];

        Assert.Equal(401, await StatusAsync(null, method, route));
        foreach (var role in Roles.All)
        {
            var (status, admitted) = (await StatusAsync(role, method, route), rule.Admits(Roles.PermissionsOf([role])));
            Assert.True(admitted ? status is not (401 or 403 or >= 500) : status == 403, $"{method} {route} by {role}: {status}");
        }
    }

    private async Task<int> StatusAsync(string? role, string method, string route)
    {
        var caller = await server.SharedCallerAsync(role);
        var address = route[Prefix.Length..].Replace("{scorecard}", "nobody", StringComparison.Ordinal).Replace("{entity}", "7", StringComparison.Ordinal).Replace("{id}", "nobody", StringComparison.Ordinal)
            .Replace("{name}", "nobody", StringComparison.Ordinal).Replace("{v:int}", "1", StringComparison.Ordinal);
        foreach (var guid in new[] { "{id:guid}", "{consentId:guid}" }) address = address.Replace(guid, Guid.CreateVersion7().ToString(), StringComparison.Ordinal);
        return (await caller.SendAsync(new HttpMethod(method), address)).Status;
    }
}
