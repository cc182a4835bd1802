using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Review;

/// <summary>Where letters about declines and counter-offers are previewed and issued.</summary>
public sealed class LetterDesk(CaseReader reader, ICaseFileStore files, LenderProfile lender, TimeProvider clock)
{
    private const int MostRows = 1_000;

    /// <summary>The letter of an application's latest decision: the one that was issued, else how it would read today.</summary>
    /// <returns>The letter and whether it was issued, or <c>letter.notDecided</c>, <c>letter.noReasons</c>, <c>application.notFound</c>.</returns>
    public async Task<Outcome<(Letter Letter, bool Issued)>> PreviewAsync(Guid applicationId, Actor actor, CancellationToken cancellationToken)
    {
        if ((actor.Lacks(Permission.Decide) ?? actor.Lacks(Permission.RevealPersonalData)) is { } refusal) return refusal;
        if (!(await reader.FindAsync(applicationId, actor, cancellationToken)).TryGet(out var view, out var problems)) return Outcome<(Letter, bool)>.Refused(problems);
        var issued = await files.LettersAsync(applicationId, cancellationToken);
        var decision = Latest(view);
        if (issued.FirstOrDefault(letter => letter.DecisionId == decision?.Id) is { } there) return (there, true);
        return Write(view, decision, actor).Then<(Letter, bool)>(letter => (letter, false));
    }

    /// <summary>A letter of an application that was issued, whatever was decided since.</summary>
    /// <returns>The letter, or <c>letter.notFound</c>, <c>application.notFound</c>.</returns>
    public async Task<Outcome<Letter>> FindAsync(Guid applicationId, Guid? letterId, Actor actor, CancellationToken cancellationToken)
    {
        if ((actor.Lacks(Permission.Decide) ?? actor.Lacks(Permission.RevealPersonalData)) is { } refusal) return refusal;
        if (!(await reader.FindAsync(applicationId, actor, cancellationToken)).TryGet(out _, out var problems)) return Outcome<Letter>.Refused(problems);
        var issued = await files.LettersAsync(applicationId, cancellationToken);
        return issued.FirstOrDefault(letter => letterId is null || letter.Id == letterId) is { } found ? found : new Problem("letter.notFound", "No such letter was issued.");
    }

    /// <summary>Issued letters, newest first; addressees are masked for readers who may not see personal data.</summary>
    /// <param name="number">End of an application's number; null or empty for all.</param>
    /// <param name="page">Page, from 1.</param>
    /// <param name="pageSize">Rows of a page, 1 to 1,000.</param>
    /// <param name="actor">Who reads.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The page, or the refusal of who may not read cases.</returns>
    public async Task<Outcome<Page<IssuedLetter>>> ListAsync(string? number, int page, int pageSize, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadCases) is { } refusal) return refusal;
        var end = string.IsNullOrWhiteSpace(number) ? null : number.Trim().ToUpperInvariant();
        var found = await files.IssuedLettersAsync(end, Math.Max(1, page), Math.Clamp(pageSize, 1, MostRows), cancellationToken);
        return actor.May(Permission.RevealPersonalData) ? found : found with { Items = [.. found.Items.Select(letter => letter with { Addressee = PersonalDataMask.Name(letter.Addressee) })] };
    }

    /// <summary>Freezes the letter of the latest decision.</summary>
    /// <returns>The letter, or <c>letter.issued</c>, <c>letter.notDecided</c>, <c>letter.noReasons</c>, <c>application.notFound</c>.</returns>
    public async Task<Outcome<Letter>> IssueAsync(Guid applicationId, Actor actor, CancellationToken cancellationToken)
    {
        if ((actor.Lacks(Permission.Decide) ?? actor.Lacks(Permission.RevealPersonalData)) is { } refusal) return refusal;
        if (!(await reader.FindAsync(applicationId, actor, cancellationToken)).TryGet(out var view, out var problems)) return Outcome<Letter>.Refused(problems);
        if (!Write(view, Latest(view), actor).TryGet(out var letter, out problems)) return Outcome<Letter>.Refused(problems);
        var audit = new AuditDraft(actor, "letter.issued", applicationId.ToString(), new Dictionary<string, string?>
        {
            ["application"] = view.Application.Number,
            ["decision"] = letter.DecisionId.ToString(),
            ["language"] = letter.Language,
            ["reasons"] = string.Join(" ", letter.In(letter.Language).Reasons),
        })
        { ApplicantId = view.Applicant.Id };
        return await files.AddLetterAsync(letter, view.Applicant.Id, audit, cancellationToken);
    }

    private Outcome<Letter> Write(CaseView view, CaseDecision? decision, Actor actor)
    {
        if (decision is null)
            return new Problem("letter.notDecided", "A letter follows a decline or a counter-offer that stands.") { Remedy = "Decide the case first." };
        if (view.EarlierScores.Prepend(view.Score).FirstOrDefault(score => score?.Id == decision.ScoreId) is not { } score) return new Problem("score.notFound", "There is no such score.");
        var reasons = LetterReasons.Of(decision, score);
        if (reasons.Count == 0)
            return new Problem("letter.noReasons", "Neither score nor rules give a reason that could be told.") { Remedy = "Send the case to another officer." };
        var now = clock.GetUtcNow();
        var writer = new LetterWriter(view, decision, score, lender, now);
        return new Letter
        {
            Id = Guid.CreateVersion7(now),
            ApplicationId = view.Application.Id,
            DecisionId = decision.Id,
            Language = LetterWriter.Languages.Contains(view.Applicant.Language) ? view.Applicant.Language : LetterWriter.Languages[0],
            Texts = LetterWriter.Languages.ToDictionary(language => language, language => writer.Write(language, reasons, actor.Name)),
            IssuedBy = actor.Id,
            IssuedByName = actor.Name,
            IssuedAt = now,
        };
    }

    private static CaseDecision? Latest(CaseView view)
    {
        if (view.Case is not { State: CaseState.Decided }) return null;
        var standing = view.Decisions.FirstOrDefault(decision => decision.Stands);
        return standing is { Verdict: Verdict.Decline or Verdict.CounterOffer } ? standing : null;
    }
}
