namespace CreditWorkbench.Core.Applicants;

/// <summary>Takes in the values of sensitive inputs, apart from everything else and under a key of their own. Who takes in cannot read
/// them back: audits read them through a port of their own.</summary>
public interface ISensitiveVault
{
    /// <summary>Keeps values of an application durably, each in place of an earlier one of the same input; other inputs stay as they are.</summary>
    /// <param name="applicationId">Application; it may be stored later than its values, but not much.</param>
    /// <param name="applicantId">Whose values they are: they go when the applicant is erased.</param>
    /// <param name="values">By input name, as they stand in files: category code, number, true or false, ISO date; null removes the value.</param>
    /// <param name="cancellationToken">Cancels.</param>
    Task KeepAsync(Guid applicationId, Guid applicantId, IReadOnlyDictionary<string, string?> values, CancellationToken cancellationToken);
}
