using System.Reflection;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class AccessTests
{
    // Columns in this order: who may open the page. Written out by hand, so that a changed bundle shows.
    private static readonly string[] Columns = [Roles.Admin, Roles.RiskAnalyst, Roles.LoanOfficer, Roles.SeniorOfficer, Roles.CreditCommittee, Roles.Auditor, Roles.Viewer, Roles.Applicant, Roles.Service];

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["/"] = "yyyyyyyyy",
        ["/overview"] = "yyyyyyy--",
        ["/applicants"] = "yyyyyy--y",
        ["/applicants/{Id:guid}"] = "yyyyyy--y",
        ["/applications"] = "yyyyyy--y",
        ["/applications/new"] = "--yyy---y",
        ["/applications/{Id:guid}"] = "yyyyyy--y",
        ["/applications/{Id:guid}/statement"] = "--yyy---y",
        ["/applications/{Id:guid}/score"] = "yyyyyy--y",
        ["/applications/{Id:guid}/explanation"] = "yyyyyy--y",
        ["/applications/{Id:guid}/roadmap"] = "yyyyyy--y",
        ["/applications/{Id:guid}/review"] = "yyyyyy--y",
        ["/applications/{Id:guid}/history"] = "yyyyyy--y",
        ["/applications/{Id:guid}/compare"] = "yyyyyy--y",
        ["/applications/{Id:guid}/letter"] = "--yyy----",
        ["/letters"] = "yyyyyy--y",
        ["/reviews"] = "--yyy----",
        ["/data"] = "yy---y--y",
        ["/data/import"] = "-y-------",
        ["/data/{Id:guid}"] = "yy---y--y",
        ["/data/{Id:guid}/binning"] = "yy---y--y",
        ["/scorecards"] = "yy---y--y",
        ["/scorecards/{Id}"] = "yy---y--y",
        ["/scorecards/{Id}/edit"] = "-y-------",
        ["/models"] = "yy---y--y",
        ["/models/compare"] = "yy---y--y",
        ["/models/{Name}/{Version:int}"] = "yy---y--y",
        ["/lab"] = "yy---y--y",
        ["/lab/new"] = "-y-------",
        ["/lab/runs/{Id:guid}"] = "yy---y--y",
        ["/lab/runs/{Id:guid}/compare"] = "yy---y--y",
        ["/lab/runs/{Id:guid}/{Family}"] = "yy---y--y",
        ["/explanations"] = "yy---y--y",
        ["/explanations/rows"] = "yy---y--y",
        ["/staging"] = "yy---y--y",
        ["/staging/{Id:guid}"] = "yy---y--y",
        ["/features"] = "yy---y--y",
        ["/jobs"] = "yy-------",
        ["/rollouts"] = "yy---y--y",
        ["/rollouts/{Id:guid}"] = "yy---y--y",
        ["/alerts"] = "yyyyyyy--",
        ["/batches"] = "yy------y",
        ["/queue"] = "yy-------",
        ["/audit"] = "y----y---",
        ["/developers"] = "yy---y--y",
        ["/developers/keys"] = "y--------",
        ["/users"] = "y--------",
        ["/users/{Id:guid}"] = "y--------",
        ["/help"] = "yyyyyyyyy",
        ["/invitation"] = "yyyyyyyyy",
        ["/account"] = "yyyyyyyyy",
        ["/sign-in"] = "yyyyyyyyy",
        ["/first-admin"] = "yyyyyyyyy",
        ["/denied"] = "yyyyyyyyy",
        ["/error"] = "yyyyyyyyy",
        ["/not-found"] = "yyyyyyyyy",
    };

    public static TheoryData<string> Pages => [.. AccessTable.Pages.Keys];

    private static IEnumerable<(Type Page, string Route)> Routed =>
        typeof(App).Assembly.GetTypes().SelectMany(type => type.GetCustomAttributes<RouteAttribute>().Select(route => (type, route.Template)));

    [Fact]
    public void Table_EveryPage_IsListed() => Assert.Empty(Unlisted(Routed.Select(r => r.Route)));

    [Fact]
    public void Table_PageThatIsNotListed_IsFound() => Assert.Equal(["/secret"], Unlisted(["/sign-in", "/secret"]));

    [Fact]
    public void Table_EveryListedPage_Exists() => Assert.Empty(AccessTable.Pages.Keys.Except(Routed.Select(r => r.Route)));

    [Fact]
    public void Page_Declaration_IsThatOfTheTable()
    {
        foreach (var (page, route) in Routed)
        {
            var rule = AccessTable.Pages[route];
            var may = page.GetCustomAttribute<MayAttribute>();
            Assert.True(rule.Open == (page.GetCustomAttribute<AllowAnonymousAttribute>() is not null), route);
            Assert.True(rule.AnyOf.SequenceEqual(may?.AnyOf ?? []), route);
            Assert.True(rule.Open || page.GetCustomAttributes<AuthorizeAttribute>().Any(), route);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void Cell_OfEveryRole_IsAsDrawnUp(string route)
    {
        var cells = string.Concat(Columns.Select(role => AccessTable.Pages[route].Admits(Roles.PermissionsOf([role])) ? 'y' : '-'));

        Assert.Equal(Expected[route], cells);
    }

    [Fact]
    public void Bundles_ThatBuildModelsOrHoldKeys_DoNotDecide()
    {
        Permission[] decides = [Permission.Decide, Permission.DecideAsSeniorOfficer, Permission.DecideAsCreditCommittee];
        Permission[] apart = [Permission.BuildModels, Permission.PromoteModels, Permission.ManageKeys, Permission.ManageUsers];

        Assert.All(Roles.Bundles, bundle => Assert.False(bundle.Value.Overlaps(decides) && bundle.Value.Overlaps(apart), bundle.Key));
    }

    [Fact]
    public void Permissions_OfAnUnknownRole_AreNone() => Assert.Empty(Roles.PermissionsOf(["Emperor"]));

    [Fact]
    public void Navigation_OfAnAuditor_HasNoQueue()
    {
        var entries = NavigationMap.For(Roles.PermissionsOf([Roles.Auditor])).SelectMany(g => g.Entries).Select(e => e.Key);

        Assert.Equal(["overview", "applications", "applicants", "letters", "data", "scorecards", "lab", "models", "explanations", "rows", "audit", "rollouts", "alerts", "staging", "features", "developers"], entries);
    }

    [Theory]
    [InlineData("/applications", "/applications")]
    [InlineData("/applications/new", "/applications/new")]
    [InlineData("/applications/0193d2b4-0000-7000-8000-000000000001/score", "/applications")]
    [InlineData("/applications/0193d2b4-0000-7000-8000-000000000001/review", "/reviews")]
    [InlineData("/account", null)]
    public void Navigation_Current_IsTheLongestMatch(string path, string? entry) => Assert.Equal(entry, NavigationMap.Current(path));

    private static IEnumerable<string> Unlisted(IEnumerable<string> routes) => routes.Where(route => !AccessTable.Pages.ContainsKey(route));
}
