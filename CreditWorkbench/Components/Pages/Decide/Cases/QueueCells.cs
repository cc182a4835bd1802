using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Components.Controls;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Components;

namespace CreditWorkbench.Web.Components.Pages.Decide.Cases;

/// <summary>Columns of the review queue.</summary>
/// <param name="page">Page whose events the buttons raise.</param>
/// <param name="claim">Takes a waiting case.</param>
/// <param name="now">Now, for what is left of the clock.</param>
/// <param name="reader">Who looks at the queue.</param>
/// <param name="busy">Whether a deed is under way.</param>
public sealed class QueueCells(IComponent page, Func<QueueRow, Task> claim, Func<DateTimeOffset> now, Func<Actor> reader, Func<bool> busy)
{
    private const int High = 1;

    /// <summary>The columns, with the titles of scorecards.</summary>
    public IReadOnlyList<DataColumn<QueueRow>> Columns(IReadOnlyDictionary<string, ScorecardDefinition> scorecards) =>
    [
        new("left", Texts.T("queue.left"), row => row.Case.State == CaseState.Decided ? "" : Formats.Duration(row.Case.DueAt - now())) { SortBy = _ => null, Cell = LeftCell, PhoneOrder = 2 },
        new("number", Texts.T("queue.applicant"), row => $"{row.ApplicantName} {row.Facts.Number}") { SortBy = _ => null, Cell = ApplicantCell },
        new("scorecard", Texts.T("queue.scorecard"), row => scorecards.TryGetValue(row.Facts.ScorecardId, out var card) ? Words.Of(card.Title) : row.Facts.ScorecardId) { WideOnly = true, SortBy = _ => null },
        new("amount", Texts.T("queue.amount"), row => row.Facts.Amount is { } amount ? Formats.Money(amount.Major, amount.Currency) : "") { Numeric = true, WideOnly = true, SortBy = _ => null },
        new("score", Texts.T("chart.score"), row => $"{row.Facts.Issued} {row.Facts.Grade}") { Numeric = true, SortBy = _ => null, PhoneOrder = 1, Cell = row => ScoreCell(row, scorecards) },
        new("why", Texts.T("queue.whyHere"), WhyWords) { WideOnly = true },
        new("priority", Texts.T("queue.priority"), row => Texts.T(row.Case.Priority <= High ? "queue.high" : "queue.normal")) { WideOnly = true, SortBy = _ => null, Cell = PriorityCell },
        new("state", Texts.T("queue.claimedBy"), StateWords) { SortBy = _ => null, WideOnly = true },
        new("do", Texts.T("queue.do"), _ => "") { HiddenTitle = true, NotExported = true, Numeric = true, Cell = ActionCell, PhoneOrder = 3 },
    ];

    /// <summary>What the store orders by for the key of a column; the given order for none.</summary>
    public static QueueSort SortOf(string? key) => key switch
    {
        "left" => QueueSort.Due,
        "number" => QueueSort.Number,
        "scorecard" => QueueSort.Scorecard,
        "amount" => QueueSort.Amount,
        "score" => QueueSort.Score,
        "state" => QueueSort.State,
        _ => QueueSort.Priority,
    };

    private static string WhyWords(QueueRow row) => row.Case switch
    {
        { ObjectedAt: not null } => Texts.T("queue.why.objection"),
        { State: CaseState.SecondApproval } => Texts.T("queue.why.second"),
        _ => Texts.T("queue.why." + row.Facts.Recommendation),
    };

    private string StateWords(QueueRow row) => row.Case switch
    {
        { State: CaseState.Waiting } => Texts.T("queue.free"),
        { State: CaseState.Claimed, ClaimedBy: { } officer } when officer == reader().Id => Texts.T("queue.you"),
        { State: CaseState.Claimed, ClaimedByName: { } name } => name,
        var other => Words.Of(other.State),
    };

    private static RenderFragment LeftCell(QueueRow row) => builder =>
    {
        builder.OpenComponent<CaseClock>(0);
        builder.AddComponentParameter(1, nameof(CaseClock.DueAt), row.Case.DueAt);
        builder.AddComponentParameter(2, nameof(CaseClock.Closed), row.Case.State == CaseState.Decided);
        builder.CloseComponent();
    };

    private static RenderFragment ApplicantCell(QueueRow row) => builder =>
    {
        builder.OpenElement(0, "a");
        builder.AddAttribute(1, "href", $"/applications/{row.Case.ApplicationId}/review");
        builder.AddContent(2, row.ApplicantName);
        builder.CloseElement();
        builder.OpenElement(3, "small");
        builder.AddContent(4, row.Facts.Number);
        builder.CloseElement();
    };

    private static RenderFragment ScoreCell(QueueRow row, IReadOnlyDictionary<string, ScorecardDefinition> scorecards) => builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "with-grade");
        builder.AddContent(2, Formats.Integer(row.Facts.Issued));
        if (scorecards.TryGetValue(row.Facts.ScorecardId, out var card))
        {
            builder.OpenComponent<GradeMark>(3);
            builder.AddComponentParameter(4, nameof(GradeMark.Band), CaseFigures.Band(card, row.Facts.Issued));
            builder.CloseComponent();
        }
        builder.CloseElement();
    };

    private static RenderFragment PriorityCell(QueueRow row) => builder =>
    {
        var high = row.Case.Priority <= High;
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", high ? "strong nowrap with-icon" : "muted");
        if (high)
        {
            builder.OpenComponent<Icon>(2);
            builder.AddComponentParameter(3, nameof(Icon.Name), "up");
            builder.CloseComponent();
        }
        builder.AddContent(4, Texts.T(high ? "queue.high" : "queue.normal"));
        builder.CloseElement();
    };

    private RenderFragment ActionCell(QueueRow row) => builder =>
    {
        if (row.Case.State == CaseState.Waiting && reader().May(Permission.Decide))
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "type", "button");
            builder.AddAttribute(2, "class", "button small");
            builder.AddAttribute(3, "disabled", busy());
            builder.AddAttribute(4, "data-claim", true);
            builder.AddAttribute(5, "aria-label", Texts.T("queue.claimCase", row.Facts.Number));
            builder.AddAttribute(6, "onclick", EventCallback.Factory.Create(page, () => claim(row)));
            builder.AddContent(7, Texts.T("review.claim"));
            builder.CloseElement();
            return;
        }
        builder.OpenElement(8, "a");
        builder.AddAttribute(9, "class", "button small");
        builder.AddAttribute(10, "href", $"/applications/{row.Case.ApplicationId}/review");
        builder.AddAttribute(11, "aria-label", Texts.T("queue.openCase", row.Facts.Number));
        builder.AddContent(12, Texts.T("action.open"));
        builder.CloseElement();
    };
}
