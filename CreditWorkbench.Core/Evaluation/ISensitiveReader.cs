namespace CreditWorkbench.Core.Evaluation;

/// <summary>Reads sensitive values for audits. Only Evaluation, ModelBuilding and Monitoring may name it; a test reads the IL and holds
/// everybody else to it.</summary>
public interface ISensitiveReader
{
    /// <summary>Values of one input by application.</summary>
    /// <param name="input">Name of a sensitive input.</param>
    /// <param name="applicationIds">Applications; those without a value are left out of the answer.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Values as they stand in files: category code, number, true or false, ISO date.</returns>
    Task<IReadOnlyDictionary<Guid, string>> ReadAsync(string input, IReadOnlyCollection<Guid> applicationIds, CancellationToken cancellationToken);
}
