using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Core.Store;

/// <summary>Someone who signs in.</summary>
public sealed class WorkbenchUser : IdentityUser<Guid>
{
    /// <summary>A new user with an identity of its own (Guid v7).</summary>
    public WorkbenchUser() => Id = Guid.CreateVersion7();

    /// <summary>Name on screens and in the audit log.</summary>
    public string DisplayName { get; set; } = "";
    /// <summary>Branch; null for the head office.</summary>
    public string? BranchId { get; set; }
    /// <summary>Two-letter language of the pages; null follows the browser.</summary>
    public string? Language { get; set; }
    /// <summary>Last successful sign-in; null before the first.</summary>
    public DateTimeOffset? LastSignInAt { get; set; }
    /// <summary>Applicant who signs in with this account, linked by a one-time invitation; null for staff.</summary>
    public Guid? ApplicantId { get; set; }
}
