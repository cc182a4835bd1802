using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Removes what still leads to a person whose data key is destroyed.</summary>
internal static class Erasure
{
    /// <summary>Blanks the applicant's row, removes search tokens, statements and the sign-in. Repeating it changes nothing.</summary>
    public static async Task<bool> ApplyAsync(WorkbenchContext context, Guid applicantId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await context.ApplicantTokens.Where(token => token.ApplicantId == applicantId).ExecuteDeleteAsync(cancellationToken);
        await context.Users.Where(user => user.ApplicantId == applicantId).ExecuteDeleteAsync(cancellationToken);
        await context.Statements.Where(row => row.ApplicantId == applicantId).ExecuteDeleteAsync(cancellationToken);
        var changed = await context.Applicants.Where(row => row.Id == applicantId && row.ErasedAt == null).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.Name, (byte[]?)null).SetProperty(row => row.Email, (byte[]?)null)
                .SetProperty(row => row.Phone, (byte[]?)null).SetProperty(row => row.NationalId, (byte[]?)null)
                .SetProperty(row => row.ContactName, (byte[]?)null)
                .SetProperty(row => row.ErasedAt, at).SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        return changed > 0;
    }
}
