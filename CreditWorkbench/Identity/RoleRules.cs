using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Identity;

/// <summary>Which roles one person may not hold together, and why.</summary>
public static class RoleRules
{
    private static readonly string[] Alone = [Roles.Applicant, Roles.Service];

    /// <summary>Why a set of roles is refused, as sentences; empty when it is not.</summary>
    public static IReadOnlyList<string> Conflicts(IReadOnlyCollection<string> roles)
    {
        var reasons = new List<string>();
        if (roles.Count == 0) return [Texts.T("roles.none")];
        foreach (var role in roles.Where(role => Alone.Contains(role) && roles.Count > 1)) reasons.Add(Texts.T("roles.alone", Texts.T("role." + role)));
        if (roles.Contains(Roles.Auditor) && roles.Any(role => role is not (Roles.Auditor or Roles.Viewer))) reasons.Add(Texts.T("roles.auditor"));
        foreach (var builder in roles.Where(IsBuilder))
            foreach (var decider in roles.Where(IsDecider)) reasons.Add(Texts.T("roles.apart", Texts.T("role." + builder), Texts.T("role." + decider)));
        return reasons;
    }

    // Who shapes what decides, or who decides who may decide, does not decide.
    private static bool IsBuilder(string role) =>
        Roles.Bundles[role].Overlaps([Permission.BuildModels, Permission.PromoteModels, Permission.ManageKeys, Permission.ManageUsers]);

    private static bool IsDecider(string role) => Roles.Bundles[role].Contains(Permission.Decide);
}
