using System.Collections.Frozen;
using CreditWorkbench.Core.Kernel;
using static CreditWorkbench.Core.Kernel.Permission;

namespace CreditWorkbench.Web.Identity;

/// <summary>What a key of a client system can open: named bundles of permissions. None decides on credit, and none manages people or keys.</summary>
public static class ApiScopes
{
    /// <summary>Permissions per scope.</summary>
    public static FrozenDictionary<string, FrozenSet<Permission>> Bundles { get; } = new Dictionary<string, Permission[]>
    {
        ["score:stateless"] = [ScoreStateless, ReadModels],
        ["applications:read"] = [ReadCases],
        ["applications:write"] = [ReadCases, TakeIn],
        ["applications:score"] = [ReadCases, Score],
        ["personal:reveal"] = [RevealPersonalData],
        ["models:read"] = [ReadModels],
        ["models:write"] = [ReadModels, BuildModels],
        ["monitoring:read"] = [ReadDashboards],
        ["audit:read"] = [ReadAudit],
        ["replay"] = [Replay],
    }.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToFrozenSet());

    /// <summary>Every scope, in the order of screens.</summary>
    public static IReadOnlyList<string> All { get; } =
        ["score:stateless", "applications:read", "applications:write", "applications:score", "personal:reveal", "models:read", "models:write", "monitoring:read", "audit:read", "replay"];

    /// <summary>What scopes open together; unknown ones open nothing.</summary>
    public static IReadOnlySet<Permission> PermissionsOf(IEnumerable<string> scopes) => scopes.Where(Bundles.ContainsKey).SelectMany(scope => Bundles[scope]).ToFrozenSet();
}
