using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components;

/// <summary>Says which roles open a page, for those whom it refused.</summary>
public static class Openers
{
    /// <summary>A sentence that names the roles that open the page of a path; a general one for paths without a page.</summary>
    public static string Words(string? path)
    {
        var asked = (path ?? "").Split('?', '#')[0].Split('/');
        var rule = AccessTable.Pages.Where(page => Fits(page.Key.Split('/'), asked)).Select(page => page.Value).FirstOrDefault();
        if (rule is null || rule.AnyOf.Count == 0) return Texts.T("denied.text");
        var roles = Roles.All.Where(role => rule.Admits(Roles.Bundles[role])).Select(role => Texts.T("role." + role)).ToList();
        return roles.Count == 0 ? Texts.T("denied.text") : Texts.T("denied.roles", string.Join(", ", roles));
    }

    private static bool Fits(string[] route, string[] path) =>
        route.Length == path.Length && route.Zip(path).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second);
}
