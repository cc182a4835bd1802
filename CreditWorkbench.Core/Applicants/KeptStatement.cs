using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Applicants;

/// <summary>A bank statement that values were derived from; kept as it came, encrypted under the applicant's key.</summary>
/// <param name="Id">Identity (Guid v7).</param>
/// <param name="ApplicationId">Application.</param>
/// <param name="ApplicantId">Whose statement it is.</param>
/// <param name="Name">Name of the file.</param>
/// <param name="Content">Hash of its bytes.</param>
/// <param name="Bytes">Length.</param>
/// <param name="MappingJson">How it was read.</param>
/// <param name="AddedBy">Who uploaded it.</param>
/// <param name="AddedAt">When.</param>
public sealed record KeptStatement(
    Guid Id, Guid ApplicationId, Guid ApplicantId, string Name, ContentHash Content, long Bytes, string MappingJson, Guid AddedBy, DateTimeOffset AddedAt);
