using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>What happened in a case, told from what is stored.</summary>
public static class CaseTimeline
{
    /// <summary>Everything that has a time, in no order.</summary>
    public static IReadOnlyList<TimelineEntry> Of(CaseView view)
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
            entries.Add(new(decision.DecidedAt, Texts.T(decision.NeedsSecond ? "timeline.recommended" : "timeline.decided", decision.DecidedByName, Words.Of(decision.Verdict))));
            if (decision.SecondAt is { } second) entries.Add(new(second, Texts.T("timeline.second")));
        }
        return entries;
    }
}
