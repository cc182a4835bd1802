using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>Who works at the bank of these stories.</summary>
internal static class People
{
    public static Actor Analyst { get; } = Of("Ayu", Permission.BuildModels, Permission.PromoteModels, Permission.ReadModels);

    public static Actor Risk { get; } = Of("Rizal", Permission.PromoteModels);

    public static Actor Officer { get; } = Of("Oki", Permission.ReadCases, Permission.TakeIn, Permission.Score, Permission.Review, Permission.Decide);

    public static Actor Senior { get; } = Of("Sinta", Permission.ReadCases, Permission.Review, Permission.Decide, Permission.DecideAsSeniorOfficer);

    public static Actor Committee { get; } = Of("Candra", Permission.ReadCases, Permission.Review, Permission.Decide, Permission.DecideAsCreditCommittee);

    public static Actor Auditor { get; } = Of("Dina", Permission.ReadAudit, Permission.Replay);

    private static Actor Of(string name, params Permission[] permissions) => new(Guid.CreateVersion7(), name, ActorKind.User, permissions.ToHashSet());
}
