using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Store;

namespace CreditWorkbench.Web.Identity;

/// <summary>A user as the admin sees it.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Name">Name for screens.</param>
/// <param name="Email">E-mail to sign in with.</param>
/// <param name="UserRoles">Roles, in the order of screens.</param>
/// <param name="TwoFactor">Whether a code is asked for.</param>
/// <param name="Invited">Whether no password has been set yet.</param>
/// <param name="LockedUntil">End of a lock; null without one.</param>
/// <param name="LastSignInAt">Last sign-in; null before the first.</param>
public sealed record UserView(
    Guid Id, string Name, string Email, IReadOnlyList<string> UserRoles, bool TwoFactor, bool Invited, DateTimeOffset? LockedUntil, DateTimeOffset? LastSignInAt);

/// <summary>A user with everything that an admin can look at.</summary>
/// <param name="User">The user.</param>
/// <param name="Sessions">Sessions that last, most recently used first.</param>
/// <param name="History">What was done to and by the account, newest first; empty for admins who may not read the audit log.</param>
public sealed record UserDetail(UserView User, IReadOnlyList<SignInSession> Sessions, IReadOnlyList<AuditView> History);

/// <summary>How a deed on a user ended.</summary>
/// <param name="Problems">What stands in the way, as sentences; empty when done.</param>
/// <param name="Link">Path that sets a password once; null for deeds without one.</param>
/// <param name="UserId">The user concerned.</param>
public sealed record UserAnswer(IReadOnlyList<string> Problems, string? Link = null, Guid? UserId = null)
{
    /// <summary>Whether it was done.</summary>
    public bool Done => Problems.Count == 0;
}
