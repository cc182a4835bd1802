using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store.Keys;
using CreditWorkbench.Core.Store.Rows;

namespace CreditWorkbench.Core.Store.Ports;

/// <summary>Applicant to row and back.</summary>
internal static class ApplicantMap
{
    private const string Name = "Applicants.Name";
    private const string Email = "Applicants.Email";
    private const string Phone = "Applicants.Phone";
    private const string NationalId = "Applicants.NationalId";
    private const string ContactName = "Applicants.ContactName";

    /// <summary>Writes what may change.</summary>
    public static void Write(Applicant applicant, ApplicantRow row, DataKey key)
    {
        row.Name = key.Seal(applicant.Name, Name, row.Id);
        row.Email = key.Seal(applicant.Email, Email, row.Id);
        row.Phone = key.Seal(applicant.Phone, Phone, row.Id);
        row.NationalId = key.SealOptional(applicant.NationalId, NationalId, row.Id);
        row.ContactName = key.SealOptional(applicant.ContactName, ContactName, row.Id);
        row.Language = applicant.Language;
        row.BranchId = applicant.BranchId;
    }

    /// <summary>Without a key the personal data is empty.</summary>
    public static Applicant Read(ApplicantRow row, DataKey? key) => new()
    {
        Id = row.Id,
        Kind = row.Kind,
        Name = key?.OpenOptional(row.Name, Name, row.Id) ?? "",
        Email = key?.OpenOptional(row.Email, Email, row.Id) ?? "",
        Phone = key?.OpenOptional(row.Phone, Phone, row.Id) ?? "",
        NationalId = key?.OpenOptional(row.NationalId, NationalId, row.Id),
        ContactName = key?.OpenOptional(row.ContactName, ContactName, row.Id),
        Language = row.Language,
        BranchId = row.BranchId,
        ClientId = row.ClientId,
        CreatedAt = row.CreatedAt,
        ErasureRequestedAt = row.ErasureRequestedAt,
        ErasedAt = row.ErasedAt,
        Version = row.Version,
    };
}

/// <summary>Consent to row and back.</summary>
internal static class ConsentMap
{
    public static ConsentRow Write(Consent consent) => new()
    {
        Id = consent.Id,
        ApplicantId = consent.ApplicantId,
        ScorecardId = consent.ScorecardId,
        Purpose = consent.Purpose,
        Source = consent.Source,
        TextHash = consent.TextHash.Hex,
        TextVersion = consent.TextVersion,
        Language = consent.Language,
        Channel = consent.Channel,
        GivenAt = consent.GivenAt,
        ExpiresAt = consent.ExpiresAt,
        WithdrawnAt = consent.WithdrawnAt,
    };

    public static Consent Read(ConsentRow row) => new()
    {
        Id = row.Id,
        ApplicantId = row.ApplicantId,
        ScorecardId = row.ScorecardId,
        Purpose = row.Purpose,
        Source = row.Source,
        TextHash = new ContentHash(row.TextHash),
        TextVersion = row.TextVersion,
        Language = row.Language,
        Channel = row.Channel,
        GivenAt = row.GivenAt,
        ExpiresAt = row.ExpiresAt,
        WithdrawnAt = row.WithdrawnAt,
    };
}
