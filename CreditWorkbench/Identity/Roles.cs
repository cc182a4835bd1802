using System.Collections.Frozen;
using CreditWorkbench.Core.Kernel;
using static CreditWorkbench.Core.Kernel.Permission;

namespace CreditWorkbench.Web.Identity;

/// <summary>Roles and the permissions that each bundles. Who builds models or holds keys does not decide on credit.</summary>
public static class Roles
{
    /// <summary>Runs the installation.</summary>
    public const string Admin = "Admin";
    /// <summary>Builds and compares models.</summary>
    public const string RiskAnalyst = "RiskAnalyst";
    /// <summary>Takes applications in and decides within an officer's authority.</summary>
    public const string LoanOfficer = "LoanOfficer";
    /// <summary>A loan officer with a wider authority; second approver.</summary>
    public const string SeniorOfficer = "SeniorOfficer";
    /// <summary>A loan officer with the committee's authority; second approver.</summary>
    public const string CreditCommittee = "CreditCommittee";
    /// <summary>Reads everything, changes nothing.</summary>
    public const string Auditor = "Auditor";
    /// <summary>Sees dashboards only.</summary>
    public const string Viewer = "Viewer";
    /// <summary>Sees the own case.</summary>
    public const string Applicant = "Applicant";
    /// <summary>A client system.</summary>
    public const string Service = "Service";

    private static readonly Permission[] Officer = [ReadCases, TakeIn, Score, RevealPersonalData, Review, Decide, ReadDashboards];

    /// <summary>Permissions per role.</summary>
    public static FrozenDictionary<string, FrozenSet<Permission>> Bundles { get; } = new Dictionary<string, Permission[]>
    {
        [Admin] = [ReadCases, ReadModels, PromoteModels, ReadDashboards, ReadAudit, ManageUsers, ManageKeys, ManageSettings, ManageJobs],
        [RiskAnalyst] = [ReadCases, ReadModels, BuildModels, PromoteModels, ReadDashboards, Replay, ManageJobs, ScoreStateless],
        [LoanOfficer] = Officer,
        [SeniorOfficer] = [.. Officer, DecideAsSeniorOfficer],
        [CreditCommittee] = [.. Officer, DecideAsSeniorOfficer, DecideAsCreditCommittee],
        [Auditor] = [ReadCases, ReadModels, ReadDashboards, ReadAudit, Replay],
        [Viewer] = [ReadDashboards],
        [Applicant] = [OwnCase],
        [Service] = [ReadCases, TakeIn, Score, ScoreStateless, ReadModels],
    }.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.ToFrozenSet());

    /// <summary>Every role, in the order of screens.</summary>
    public static IReadOnlyList<string> All { get; } = [Admin, RiskAnalyst, LoanOfficer, SeniorOfficer, CreditCommittee, Auditor, Viewer, Applicant, Service];

    /// <summary>What the holders of roles may do together; unknown roles grant nothing.</summary>
    public static IReadOnlySet<Permission> PermissionsOf(IEnumerable<string> roles) =>
        roles.Where(Bundles.ContainsKey).SelectMany(role => Bundles[role]).ToHashSet();
}
