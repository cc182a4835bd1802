namespace CreditWorkbench.Core.Kernel;

/// <summary>What an actor may do. Roles are bundles of permissions; the bundles are drawn up in one table of the web host.</summary>
public enum Permission
{
    /// <summary>See applicants, applications, scores, explanations and roadmaps; personal data stays masked.</summary>
    ReadCases,
    /// <summary>Create and change applicants, consents and applications.</summary>
    TakeIn,
    /// <summary>Score an application.</summary>
    Score,
    /// <summary>See personal data in clear, with a reason.</summary>
    RevealPersonalData,
    /// <summary>See and work the review queue.</summary>
    Review,
    /// <summary>Decide within a loan officer's authority.</summary>
    Decide,
    /// <summary>Decide within a senior officer's authority; second approver.</summary>
    DecideAsSeniorOfficer,
    /// <summary>Decide within the credit committee's authority; second approver.</summary>
    DecideAsCreditCommittee,
    /// <summary>See models, reports and the registry.</summary>
    ReadModels,
    /// <summary>Import data, train and register models.</summary>
    BuildModels,
    /// <summary>Move models between stages.</summary>
    PromoteModels,
    /// <summary>See dashboards.</summary>
    ReadDashboards,
    /// <summary>Read, verify and export the audit trail.</summary>
    ReadAudit,
    /// <summary>Replay a decision.</summary>
    Replay,
    /// <summary>Create, change, lock users and give roles.</summary>
    ManageUsers,
    /// <summary>Give and revoke API keys.</summary>
    ManageKeys,
    /// <summary>Change settings; see health, jobs and backups.</summary>
    ManageSettings,
    /// <summary>See and cancel jobs.</summary>
    ManageJobs,
    /// <summary>Score values that belong to no applicant (scope <c>score:stateless</c>).</summary>
    ScoreStateless,
    /// <summary>See one's own consent, score, roadmap; object.</summary>
    OwnCase,
}

/// <summary>What kind of actor acts.</summary>
public enum ActorKind
{
    /// <summary>A person who signed in.</summary>
    User,
    /// <summary>A client system with a key or token.</summary>
    Client,
    /// <summary>The product itself: jobs, schedules, the command line.</summary>
    System,
}

/// <summary>Who does something: every change, view and audit entry names one.</summary>
/// <param name="Id">Stable identity; never a personal datum.</param>
/// <param name="Name">For screens; never written to the clear part of the audit trail.</param>
/// <param name="Kind">Person, client system or the product.</param>
/// <param name="Permissions">What this actor may do.</param>
public sealed record Actor(Guid Id, string Name, ActorKind Kind, IReadOnlySet<Permission> Permissions)
{
    /// <summary>The product itself, with every permission but those that decide on credit.</summary>
    public static Actor System { get; } = new(Guid.Parse("00000000-0000-7000-8000-000000000001"), "System", ActorKind.System,
        Enum.GetValues<Permission>().Except([Permission.Decide, Permission.DecideAsSeniorOfficer, Permission.DecideAsCreditCommittee]).ToHashSet());

    /// <summary>Whether this actor holds the permission.</summary>
    public bool May(Permission permission) => Permissions.Contains(permission);

    /// <summary>Null when the permission is held, else the refusal <c>permission.missing</c>.</summary>
    public Problem? Lacks(Permission permission) => May(permission)
        ? null
        : new Problem("permission.missing", $"This needs the permission {permission}.") { Remedy = "An admin can grant it." };
}
