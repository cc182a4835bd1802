using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Identity;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Decide.Overview;

/// <summary>Collects what waits for a person, by what the person may do; most pressing first.</summary>
public sealed class WaitingReader(PortfolioReader portfolio, IModelStore models, IScorecardCatalog scorecards, IJobDesk jobs, IServiceScopeFactory scopes)
{
    private const int Named = 3;
    private const int FailedDays = 7;

    /// <summary>Everything that waits.</summary>
    /// <param name="actor">For whom.</param>
    /// <param name="totals">Totals of the period that the reader looks at.</param>
    /// <param name="now">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<IReadOnlyList<WaitingItem>> ReadAsync(Actor actor, PortfolioTotals totals, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var items = new List<WaitingItem>();
        items.AddRange(OfCases(actor, await portfolio.WaitingAsync(actor, cancellationToken)));
        if (actor.May(Permission.BuildModels) || actor.May(Permission.PromoteModels)) items.AddRange(await OfModelsAsync(cancellationToken));
        if (actor.May(Permission.ManageUsers)) items.AddRange(await OfUsersAsync(actor, cancellationToken));
        if (actor.May(Permission.ManageJobs)) items.AddRange(await OfJobsAsync(actor, now, cancellationToken));
        if (actor.May(Permission.Replay) && actor.May(Permission.ReadAudit)) items.AddRange(OfAudit(totals));
        return [.. items.Where(item => Opens(item.Href, actor)).OrderBy(item => item.Tone switch { Tone.Adverse => 0, Tone.Caution => 1, _ => 2 })];
    }

    private static IEnumerable<WaitingItem> OfCases(Actor actor, WaitingCases waiting)
    {
        if (waiting.Late > 0) yield return new("warning", Tone.Adverse, Texts.Count("waiting.late", waiting.Late), Texts.T("waiting.lateText"), "/reviews");
        if (waiting.Soon > 0) yield return new("clock", Tone.Caution, Texts.Count("waiting.soon", waiting.Soon), Texts.T("waiting.lateText"), "/reviews");
        if (waiting.Mine > 0) yield return new("user", Tone.Accent, Texts.Count("waiting.mine", waiting.Mine), Texts.T("waiting.mineText"), "/reviews?filter=mine");
        if (waiting.Second > 0 && actor.May(Permission.DecideAsSeniorOfficer)) yield return new("users", Tone.Accent, Texts.Count("waiting.second", waiting.Second), Texts.T("waiting.secondText"), "/reviews?filter=second");
        if (waiting.Waiting > 0) yield return new("inbox", Tone.Neutral, Texts.Count("waiting.free", waiting.Waiting), Texts.T("waiting.freeText"), "/reviews?filter=free");
        if (waiting.Drafts > 0) yield return new("file", Tone.Neutral, Texts.Count("waiting.drafts", waiting.Drafts), Texts.T("waiting.draftsText"), "/applications?state=Draft");
    }

    private async Task<IEnumerable<WaitingItem>> OfModelsAsync(CancellationToken cancellationToken)
    {
        var all = await models.ListAsync(null, cancellationToken);
        var serving = all.Where(model => model.Stage == ModelStage.Production).Select(model => model.ScorecardId).ToHashSet(StringComparer.Ordinal);
        var without = (await scorecards.ListAsync(cancellationToken)).Where(definition => !serving.Contains(definition.Id)).ToList();
        var staging = all.Where(model => model.Stage == ModelStage.Staging).ToList();
        var items = new List<WaitingItem>();
        if (staging.Count > 0) items.Add(new("flag", Tone.Caution, Texts.Count("waiting.staging", staging.Count), Texts.T("waiting.stagingText", Names(staging.Select(model => model.Reference))), "/models"));
        if (without.Count > 0) items.Add(new("box", Tone.Neutral, Texts.Count("waiting.noModel", without.Count), Texts.T("waiting.noModelText", Names(without.Select(definition => Words.Of(definition.Title)))), "/models"));
        return items;
    }

    private async Task<IEnumerable<WaitingItem>> OfUsersAsync(Actor actor, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (!(await scope.ServiceProvider.GetRequiredService<UserDesk>().ListAsync(actor, cancellationToken)).TryGet(out var users, out _)) return [];
        var (locked, invited) = (users.Count(user => user.LockedUntil is not null), users.Count(user => user.Invited));
        var bare = users.Count(user => !user.TwoFactor && !user.Invited && user.LockedUntil is null);
        var items = new List<WaitingItem>();
        if (locked > 0) items.Add(new("lock", Tone.Caution, Texts.Count("waiting.locked", locked), Texts.T("waiting.lockedText"), "/users"));
        if (invited > 0) items.Add(new("user", Tone.Neutral, Texts.Count("waiting.invited", invited), Texts.T("waiting.invitedText"), "/users"));
        if (bare > 0) items.Add(new("shield", Tone.Neutral, Texts.Count("waiting.factor", bare), Texts.T("waiting.factorText"), "/users"));
        return items;
    }

    private async Task<IEnumerable<WaitingItem>> OfJobsAsync(Actor actor, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var failed = (await jobs.ListAsync(new JobQuery { States = [JobState.Failed] }, 1, 50, actor, cancellationToken)).Items.Where(job => job.EndedAt > now.AddDays(-FailedDays)).ToList();
        var running = await jobs.ListAsync(new JobQuery { States = [JobState.Running] }, 1, 1, actor, cancellationToken);
        var items = new List<WaitingItem>();
        if (failed.Count > 0) items.Add(new("warning", Tone.Adverse, Texts.Count("waiting.failed", failed.Count), Texts.T("waiting.jobText", failed[0].Title), "/jobs"));
        if (running.Total > 0) items.Add(new("pulse", Tone.Neutral, Texts.Count("waiting.running", running.Total), Texts.T("waiting.jobText", running.Items[0].Title), "/jobs"));
        return items;
    }

    private static IEnumerable<WaitingItem> OfAudit(PortfolioTotals totals)
    {
        if (totals.Overrides > 0) yield return new("flag", Tone.Caution, Texts.Count("waiting.overrides", totals.Overrides), Texts.T("waiting.overridesText", Formats.Integer(totals.LowSide)), "/audit?kind=case.decided");
        yield return new("shield", Tone.Neutral, Texts.T("waiting.chain"), Texts.T("waiting.chainText"), "/audit");
    }

    private static string Names(IEnumerable<string> names)
    {
        var all = names.ToList();
        return string.Join(", ", all.Take(Named)) + (all.Count > Named ? "\u2026" : "");
    }

    // What a page asks for stands in one table; an entry whose page this person may not open is not shown.
    private static bool Opens(string href, Actor actor) => AccessTable.Pages.TryGetValue(href.Split('?')[0], out var rule) && rule.Admits(actor.Permissions);
}
