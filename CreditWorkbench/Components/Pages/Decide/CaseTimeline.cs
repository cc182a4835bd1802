using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>What happened in a case, told from what is stored.</summary>
public static class CaseTimeline
{
    /// <summary>Everything that has a time, in no order; with what is filed with the case where it is at hand.</summary>
    public static IReadOnlyList<TimelineEntry> Of(CaseView view, CaseFolder? folder = null)
    {
        var entries = new List<TimelineEntry> { new(view.Application.CreatedAt, Texts.T("timeline.opened", view.Application.Number)) };
        foreach (var given in view.Consents.Where(c => c.ScorecardId == view.Application.ScorecardId).GroupBy(c => c.GivenAt))
            entries.Add(new(given.Key, Texts.T("timeline.consent", given.Select(c => c.Source).Distinct().Count(), given.Select(c => c.Purpose).Distinct().Count())));
        foreach (var withdrawn in view.Consents.Where(c => c.ScorecardId == view.Application.ScorecardId && c.WithdrawnAt is not null).GroupBy(c => (c.WithdrawnAt, c.Source)))
            entries.Add(new(withdrawn.Key.WithdrawnAt!.Value, Texts.T("timeline.withdrawn", withdrawn.Key.Source)));
        foreach (var score in view.EarlierScores.Append(view.Score).OfType<Core.Decisioning.IssuedScore>())
            entries.Add(new(score.ScoredAt, Texts.T("timeline.scored", score.Score.Issued, score.Score.Grade, Words.Of(score.Policy.Recommendation)), score.Release.Model));
        if (view.Case is { } open)
        {
            entries.Add(new(open.OpenedAt, Texts.T("timeline.caseOpened")));
            if (open.ClaimedAt is { } claimed) entries.Add(new(claimed, Texts.T("timeline.claimed", open.ClaimedByName)));
        }
        foreach (var decision in view.Decisions)
        {
            entries.Add(new(decision.DecidedAt, Texts.T(decision.Verdict == Verdict.Refer ? "timeline.referred" : decision.NeedsSecond ? "timeline.recommended" : "timeline.decided", decision.DecidedByName, Words.Of(decision.Verdict))));
            if (decision.SecondAt is { } second) entries.Add(new(second, Texts.T("timeline.second")));
        }
        if (folder is not null) entries.AddRange(Filed(folder));
        return entries;
    }

    private static IEnumerable<TimelineEntry> Filed(CaseFolder folder) =>
    [
        .. folder.Notes.Select(note => new TimelineEntry(note.At, Texts.T("timeline.note", note.AuthorName, note.Text))),
        .. folder.Documents.Select(document => new TimelineEntry(document.At, Texts.T("timeline.document", Texts.T("documents.kind." + document.Kind), document.AddedByName))),
        .. folder.Letters.Select(letter => new TimelineEntry(letter.IssuedAt, Texts.T("timeline.letter", letter.IssuedByName))),
        .. folder.Objections.Select(objection => new TimelineEntry(objection.At, Texts.T("timeline.objection", objection.Grounds))),
    ];
}
