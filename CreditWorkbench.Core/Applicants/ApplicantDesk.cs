using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Applicants;

/// <summary>What is asked to register an applicant.</summary>
public sealed record ApplicantRequest(ApplicantKind Kind, string Name, string Email, string Phone, string? NationalId, string Language, string? BranchId)
{
    /// <summary>Whether a person confirmed that the duplicate found is somebody else.</summary>
    public bool EvenIfDuplicate { get; init; }

    /// <summary>Who speaks for a company; not asked of persons.</summary>
    public string? ContactName { get; init; }
}

/// <summary>Consent for several purposes and sources at once.</summary>
/// <param name="Purposes">Purposes.</param>
/// <param name="Sources">Sources.</param>
/// <param name="Language">Two-letter language of the text that was shown.</param>
/// <param name="Channel">branch, browser or api.</param>
public sealed record ConsentRequest(IReadOnlyList<string> Purposes, IReadOnlyList<string> Sources, string Language, string Channel)
{
    /// <summary>Version of the text that was shown; null where it is that of today's dictionary by itself, as on our own pages.</summary>
    public string? TextVersion { get; init; }
}

/// <summary>What became of asking for an erasure.</summary>
/// <param name="Applicant">The applicant as it stands now.</param>
/// <param name="Done">Whether the key is destroyed; false while somebody with the permission has to do it.</param>
public sealed record ErasureAnswer(Applicant Applicant, bool Done);

/// <summary>Where applicants are registered and consents are given, withdrawn and looked at.</summary>
public sealed class ApplicantDesk(IApplicantStore applicants, IAuditTrail trail, TimeProvider clock)
{
    private const int DefaultConsentDays = 365;
    private const int ShortestReason = 5;
    private const int LongestReason = 500;
    private static readonly string[] Channels = ["branch", "browser", "api"];

    private static Problem Unknown => new("applicant.notFound", "There is no such applicant.");

    /// <summary>Registers an applicant.</summary>
    /// <returns>The applicant, or every fault by field; <c>applicant.duplicate</c> when e-mail or national id are known.</returns>
    public async Task<Outcome<Applicant>> RegisterAsync(ApplicantRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (Faults(request) is { Count: > 0 } faults) return faults;
        var applicant = New(request) with { ClientId = Ownership.Narrowing(actor) };
        var duplicates = await applicants.DuplicatesOfAsync(applicant, cancellationToken);
        if (duplicates.FirstOrDefault(like => Ownership.Sees(actor, like.ClientId)) is { } known && !request.EvenIfDuplicate)
            return new Problem("applicant.duplicate", "An applicant with this e-mail, phone or national id is registered already.") { Field = known.Id.ToString(), Remedy = "Open that applicant instead, or confirm that this is somebody else." };
        var audit = Draft(actor, "applicant.registered", applicant.Id, ("kind", applicant.Kind.ToString()), ("likeApplicants", string.Join(", ", duplicates.Select(like => like.Id))));
        await applicants.AddAsync(applicant, audit, cancellationToken);
        return applicant;
    }

    /// <summary>Applicants who share an e-mail, phone or national id with somebody who is to be registered.</summary>
    public async Task<Outcome<IReadOnlyList<Applicant>>> LikeAsync(ApplicantRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        var alike = await applicants.DuplicatesOfAsync(New(request), cancellationToken);
        return Outcome<IReadOnlyList<Applicant>>.Success([.. alike.Where(like => Ownership.Sees(actor, like.ClientId))]);
    }

    /// <summary>Records one consent per purpose and source, each with the text's hash, language and end.</summary>
    public async Task<Outcome<IReadOnlyList<Consent>>> GiveConsentAsync(Guid applicantId, ScorecardDefinition definition, ConsentRequest request, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applicants.FindForAsync(applicantId, actor, cancellationToken) is not { ErasedAt: null }) return Unknown;
        if (Faults(definition, request) is { Count: > 0 } faults) return faults;
        var now = clock.GetUtcNow();
        var text = ContentHash.Of(definition.Consent.Text.In(request.Language));
        var given = request.Purposes.SelectMany(purpose => request.Sources.Select(source => new Consent
        {
            Id = Guid.CreateVersion7(now),
            ApplicantId = applicantId,
            ScorecardId = definition.Id,
            Purpose = purpose,
            Source = source,
            TextHash = text,
            TextVersion = definition.Version,
            Language = request.Language,
            Channel = request.Channel,
            GivenAt = now,
            ExpiresAt = EndOf(definition, source, now),
        })).ToList();
        var audit = Draft(actor, "consent.given", applicantId, ("scorecard", definition.Id), ("purposes", string.Join(", ", request.Purposes)),
            ("sources", string.Join(", ", request.Sources)), ("text", text.Hex), ("textVersion", definition.Version), ("language", request.Language), ("channel", request.Channel));
        await applicants.AddConsentsAsync(given, audit, cancellationToken);
        return given;
    }

    /// <summary>Withdraws every active consent for a source.</summary>
    public async Task<Outcome<int>> WithdrawSourceAsync(Guid applicantId, string scorecardId, string source, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applicants.FindForAsync(applicantId, actor, cancellationToken) is null) return Unknown;
        var now = clock.GetUtcNow();
        var active = (await applicants.ConsentsAsync(applicantId, cancellationToken))
            .Where(consent => consent.ScorecardId == scorecardId && consent.Source == source && consent.IsActive(now)).ToList();
        if (active.Count == 0) return new Problem("consent.none", $"There is no active consent for {source}.") { Field = source, Remedy = "Reload the page." };
        await applicants.WithdrawConsentsAsync(applicantId, [.. active.Select(consent => consent.Id)], now,
            Draft(actor, "consent.withdrawn", applicantId, ("scorecard", scorecardId), ("source", source)), cancellationToken);
        return active.Count;
    }

    /// <summary>Withdraws one consent.</summary>
    /// <returns>The consent as it stands then, or <c>consent.notFound</c>, <c>consent.withdrawn</c>.</returns>
    public async Task<Outcome<Consent>> WithdrawAsync(Guid applicantId, Guid consentId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (await applicants.FindForAsync(applicantId, actor, cancellationToken) is null) return Unknown;
        if ((await applicants.ConsentsAsync(applicantId, cancellationToken)).FirstOrDefault(one => one.Id == consentId) is not { } consent)
            return new Problem("consent.notFound", "There is no such consent.");
        if (consent.WithdrawnAt is not null) return new Problem("consent.withdrawn", "This consent was withdrawn before.") { Remedy = "Read the applicant's consents again." };
        var now = clock.GetUtcNow();
        var audit = Draft(actor, "consent.withdrawn", applicantId, ("scorecard", consent.ScorecardId), ("purpose", consent.Purpose), ("source", consent.Source));
        await applicants.WithdrawConsentsAsync(applicantId, [consentId], now, audit, cancellationToken);
        return consent with { WithdrawnAt = now };
    }

    /// <summary>All consents of an applicant, newest first.</summary>
    public async Task<Outcome<IReadOnlyList<Consent>>> ConsentsAsync(Guid applicantId, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        if (await applicants.FindForAsync(applicantId, actor, cancellationToken) is null) return Unknown;
        return Outcome<IReadOnlyList<Consent>>.Success(await applicants.ConsentsAsync(applicantId, cancellationToken));
    }

    /// <summary>Shows personal data in clear; the reason goes into the trail before anything is shown.</summary>
    public async Task<Outcome<Applicant>> RevealAsync(Guid applicantId, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.RevealPersonalData) is { } refusal) return refusal;
        if (reason.Trim().Length is < ShortestReason or > LongestReason) return new Problem("pii.reason", "Personal data is shown for a reason only.") { Field = "reason", Remedy = "Say what it is needed for." };
        if (await applicants.FindForAsync(applicantId, actor, cancellationToken) is not { } applicant) return Unknown;
        await trail.AppendAsync([Draft(actor, "pii.revealed", applicantId, ("reason", reason.Trim()))], cancellationToken);
        return applicant;
    }

    /// <summary>Erases an applicant for good: nothing personal can be read afterwards, decisions stay as facts without a person.</summary>
    public async Task<Outcome<Applicant>> EraseAsync(Guid applicantId, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageSettings) is { } refusal) return refusal;
        if (await applicants.FindForAsync(applicantId, actor, cancellationToken) is null) return Unknown;
        var audit = new AuditDraft(actor, "applicant.erased", applicantId.ToString(), new Dictionary<string, string?> { ["reason"] = reason.Trim() });
        return await applicants.EraseAsync(applicantId, audit, cancellationToken);
    }

    /// <summary>Asks for an erasure: done at once by who may do it, else noted for somebody who may. A request can be repeated.</summary>
    public async Task<Outcome<ErasureAnswer>> RequestErasureAsync(Guid applicantId, string reason, Actor actor, CancellationToken cancellationToken)
    {
        if (!actor.May(Permission.ManageSettings) && actor.Lacks(Permission.TakeIn) is { } refusal) return refusal;
        if (reason.Trim().Length is < ShortestReason or > LongestReason)
            return new Problem("erasure.reason", $"The reason has {ShortestReason} to {LongestReason} characters.") { Field = "reason", Remedy = "Say who asked for it, and how." };
        if (actor.May(Permission.ManageSettings)) return (await EraseAsync(applicantId, reason, actor, cancellationToken)).Then<ErasureAnswer>(erased => new ErasureAnswer(erased, true));
        if (await applicants.FindForAsync(applicantId, actor, cancellationToken) is not { } applicant) return Unknown;
        if (applicant.ErasedAt is not null) return new ErasureAnswer(applicant, true);
        var audit = Draft(actor, "applicant.erasureRequested", applicantId, ("reason", reason.Trim()));
        return (await applicants.RequestErasureAsync(applicantId, clock.GetUtcNow(), audit, cancellationToken)).Then<ErasureAnswer>(noted => new ErasureAnswer(noted, false));
    }

    private Applicant New(ApplicantRequest request)
    {
        var now = clock.GetUtcNow();
        return new Applicant
        {
            Id = Guid.CreateVersion7(now),
            Kind = request.Kind,
            Name = request.Name.Trim(),
            Email = request.Email.Trim(),
            Phone = request.Phone.Trim(),
            NationalId = string.IsNullOrWhiteSpace(request.NationalId) ? null : request.NationalId.Trim(),
            ContactName = request.Kind == ApplicantKind.Company && !string.IsNullOrWhiteSpace(request.ContactName) ? request.ContactName.Trim() : null,
            Language = request.Language,
            BranchId = request.BranchId,
            CreatedAt = now,
        };
    }

    private static DateTimeOffset EndOf(ScorecardDefinition definition, string source, DateTimeOffset now) =>
        definition.Sources.First(known => known.Name == source).Months is { } months ? now.AddMonths(months) : now.AddDays(DefaultConsentDays);

    private static List<Problem> Faults(ApplicantRequest request)
    {
        var faults = new List<Problem>();
        if (request.Name.Trim().Length is < 2 or > 200) faults.Add(new Problem("applicant.name", "A name has 2 to 200 characters.") { Field = "name", Remedy = "Enter the full name." });
        var at = request.Email.Trim().IndexOf('@', StringComparison.Ordinal);
        if (at <= 0 || at == request.Email.Trim().Length - 1 || request.Email.Length > 254) faults.Add(new Problem("applicant.email", "This is not an e-mail address.") { Field = "email", Remedy = "Write it as name@domain." });
        if (request.Phone.Length > 40) faults.Add(new Problem("applicant.phone", "A phone number has at most 40 characters.") { Field = "phone", Remedy = "Enter one number." });
        if (request.NationalId?.Length > 40) faults.Add(new Problem("applicant.nationalId", "An identity number has at most 40 characters.") { Field = "nationalId", Remedy = "Check the number." });
        if (request.Kind == ApplicantKind.Company && string.IsNullOrWhiteSpace(request.NationalId)) faults.Add(new Problem("applicant.registration", "A company has a registration number.") { Field = "nationalId", Remedy = "Enter it as it stands in the company's papers." });
        if (request.ContactName?.Length > 200) faults.Add(new Problem("applicant.contact", "A name has at most 200 characters.") { Field = "contactName", Remedy = "Enter one person." });
        return faults;
    }

    private static List<Problem> Faults(ScorecardDefinition definition, ConsentRequest request)
    {
        var faults = new List<Problem>();
        if (request.Purposes.Count == 0) faults.Add(new Problem("consent.purposes", "Consent names at least one purpose.") { Field = "purposes", Remedy = "Choose a purpose." });
        if (request.Sources.Count == 0) faults.Add(new Problem("consent.sources", "Consent names at least one source.") { Field = "sources", Remedy = "Choose a source." });
        if (!definition.Languages.Contains(request.Language))
            faults.Add(new Problem("consent.language.unknown", $"The text was not shown in {request.Language}.") { Field = "language", Remedy = $"Allowed: {string.Join(", ", definition.Languages)}." });
        if (!Channels.Contains(request.Channel))
            faults.Add(new Problem("consent.channel.unknown", "Consent came in by a channel that is not known.") { Field = "channel", Remedy = $"Allowed: {string.Join(", ", Channels)}." });
        if (request.TextVersion is { } version && version != definition.Version)
            faults.Add(new Problem("consent.text.outdated", $"The text in force is version {definition.Version}.") { Field = "textVersion", Remedy = "Show that text and ask again." });
        faults.AddRange(request.Purposes.Except(definition.Consent.Purposes).Select(purpose =>
            new Problem("consent.purpose.unknown", $"{purpose} is no purpose of this scorecard.") { Field = "purposes", Remedy = $"Allowed: {string.Join(", ", definition.Consent.Purposes)}." }));
        faults.AddRange(request.Sources.Except(definition.Sources.Select(source => source.Name)).Select(source =>
            new Problem("consent.source.unknown", $"{source} is no source of this scorecard.") { Field = "sources", Remedy = $"Allowed: {string.Join(", ", definition.Sources.Select(known => known.Name))}." }));
        return faults;
    }

    private static AuditDraft Draft(Actor actor, string kind, Guid applicantId, params (string Name, string? Value)[] facts) =>
        new(actor, kind, applicantId.ToString(), facts.ToDictionary(fact => fact.Name, fact => fact.Value)) { ApplicantId = applicantId };
}
