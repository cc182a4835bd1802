using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary>An applicant to register.</summary>
/// <param name="Name">Full name, 2 to 200 characters.</param>
/// <param name="Email">E-mail.</param>
/// <param name="Phone">Phone; may be left out.</param>
/// <param name="NationalId">National or company registration number; a company has one.</param>
/// <param name="Kind">person or company.</param>
/// <param name="ContactName">Who speaks for a company.</param>
/// <param name="Language">Two-letter language of letters.</param>
/// <param name="EvenIfDuplicate">Confirms that the applicant found by e-mail, phone or number is somebody else.</param>
public sealed record NewApplicant(
    string Name, string Email, string? Phone = null, string? NationalId = null, ApplicantKind Kind = ApplicantKind.Person, string? ContactName = null, string Language = "en", bool EvenIfDuplicate = false);

/// <summary>An applicant. Personal data is masked unless the call was permitted to see it and said why.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Kind">person or company.</param>
/// <param name="Name">Name.</param>
/// <param name="Email">E-mail.</param>
/// <param name="Phone">Phone.</param>
/// <param name="NationalId">National or registration number; null when not given.</param>
/// <param name="ContactName">Who speaks for a company.</param>
/// <param name="Language">Language of letters.</param>
/// <param name="BranchId">Branch; null for the head office.</param>
/// <param name="Masked">Whether personal data is masked in this answer.</param>
/// <param name="CreatedAt">When registered.</param>
/// <param name="ErasureRequestedAt">When the erasure was asked for; null where it was not.</param>
/// <param name="ErasedAt">When it was done; personal data is then empty.</param>
/// <param name="Version">Version, as in the ETag.</param>
public sealed record ApplicantResource(
    Guid Id, ApplicantKind Kind, string Name, string Email, string Phone, string? NationalId, string? ContactName, string Language, string? BranchId, bool Masked,
    DateTimeOffset CreatedAt, DateTimeOffset? ErasureRequestedAt, DateTimeOffset? ErasedAt, int Version)
{
    internal static ApplicantResource Of(Applicant applicant, bool masked) => new(
        applicant.Id, applicant.Kind, applicant.Name, applicant.Email, applicant.Phone, applicant.NationalId, applicant.ContactName, applicant.Language, applicant.BranchId, masked,
        applicant.CreatedAt, applicant.ErasureRequestedAt, applicant.ErasedAt, applicant.Version);
}

/// <summary>Where an erasure stands.</summary>
/// <param name="ApplicantId">Applicant.</param>
/// <param name="State">requested: an admin has to do it; erased: the key is destroyed.</param>
/// <param name="RequestedAt">When it was asked for; null where it was done at once.</param>
/// <param name="ErasedAt">When it was done.</param>
public sealed record ErasureResource(Guid ApplicantId, string State, DateTimeOffset? RequestedAt, DateTimeOffset? ErasedAt);

/// <summary>Consent to several purposes and sources at once.</summary>
/// <param name="Purposes">Purposes, at least one.</param>
/// <param name="Sources">Sources, at least one.</param>
/// <param name="TextVersion">Version of the text that was shown.</param>
/// <param name="Language">Two-letter language of that text.</param>
/// <param name="Channel">branch, browser or api.</param>
/// <param name="Scorecard">Scorecard whose text was shown; may be left out where only one scorecard fits.</param>
public sealed record NewConsents(IReadOnlyList<string> Purposes, IReadOnlyList<string> Sources, string TextVersion, string Language, string Channel = "api", string? Scorecard = null);

/// <summary>A consent to one purpose and one source.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Scorecard">Scorecard.</param>
/// <param name="Purpose">Purpose.</param>
/// <param name="Source">Source.</param>
/// <param name="TextVersion">Version of the text that was shown.</param>
/// <param name="TextHash">SHA-256 of the text that was shown.</param>
/// <param name="Language">Its language.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="GivenAt">When given.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="WithdrawnAt">When withdrawn; null while it was not.</param>
/// <param name="Active">Whether it stands now.</param>
public sealed record ConsentResource(
    Guid Id, string Scorecard, string Purpose, string Source, string TextVersion, string TextHash, string Language, string Channel, DateTimeOffset GivenAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? WithdrawnAt, bool Active)
{
    internal static ConsentResource Of(Consent consent, DateTimeOffset now) => new(
        consent.Id, consent.ScorecardId, consent.Purpose, consent.Source, consent.TextVersion, consent.TextHash.Hex, consent.Language, consent.Channel, consent.GivenAt, consent.ExpiresAt,
        consent.WithdrawnAt, consent.IsActive(now));
}

/// <summary>A withdrawn consent and what that does.</summary>
/// <param name="Consent">The consent.</param>
/// <param name="Effects">Per application of the scorecard.</param>
public sealed record WithdrawalResource(ConsentResource Consent, IReadOnlyList<WithdrawalEffectResource> Effects)
{
    internal static WithdrawalResource Of(Withdrawal withdrawal, DateTimeOffset now) =>
        new(ConsentResource.Of(withdrawal.Consent, now), [.. withdrawal.Effects.Select(WithdrawalEffectResource.Of)]);
}

/// <summary>What a withdrawal does to an application.</summary>
/// <param name="ApplicationId">Application.</param>
/// <param name="Number">Its number.</param>
/// <param name="Effect">none; atNextScore; rescored: a new score was issued without the source; unscored: there is no score any more, and why; trial: it was decided, so nothing changes, and this is
/// what the score would be.</param>
/// <param name="ScoreBefore">Issued score before.</param>
/// <param name="ScoreAfter">Issued score, or the trial's, without the source.</param>
/// <param name="DecisionAfter">approve, refer or decline by policy without the source.</param>
/// <param name="Problems">Codes of what keeps a score from being issued.</param>
public sealed record WithdrawalEffectResource(
    Guid ApplicationId, string Number, string Effect, int? ScoreBefore, int? ScoreAfter, Recommendation? DecisionAfter, IReadOnlyList<string> Problems)
{
    internal static WithdrawalEffectResource Of(WithdrawalEffect effect) => new(
        effect.ApplicationId, effect.Number, effect.Effect, effect.ScoreBefore, effect.ScoreAfter, effect.RecommendationAfter, [.. effect.Problems.Select(problem => problem.Code)]);
}
