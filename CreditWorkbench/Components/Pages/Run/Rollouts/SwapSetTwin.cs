using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Run.Rollouts;

/// <summary>A swap set as table and drawing.</summary>
public static class SwapSetTwin
{
    /// <summary>Headers with units.</summary>
    public static IReadOnlyList<string> Columns =>
    [
        Texts.T("rollout.swap.place"), Texts.T("rollout.swap.cases"), Texts.T("rollout.swap.share"), Texts.T("rollout.swap.pdChampion"), Texts.T("rollout.swap.pdChallenger"),
        Texts.T("rollout.swap.observed"), Texts.T("rollout.swap.lossChampion"), Texts.T("rollout.swap.lossChallenger"),
    ];

    /// <summary>One row per place.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Rows(SwapSetReport report) =>
    [
        .. report.Cells.Select(IReadOnlyList<string> (cell) =>
        [
            Words.Of(cell.Place), Formats.Integer(cell.Cases), Formats.Number(100 * cell.Share), Share(cell.ChampionPd), Share(cell.ChallengerPd), Observed(cell.Observed),
            Loss(cell.ChampionLoss), Loss(cell.ChallengerLoss),
        ]),
    ];

    /// <summary>The table behind the drawing, with its origin.</summary>
    public static ChartTwin Of(SwapSetReport report, Rollout rollout) =>
        new(Columns, Rows(report), Texts.T("rollout.swap.origin", rollout.Challenger, rollout.Champion, Formats.Integer(report.Cases)));

    /// <summary>Shares of the places as bars.</summary>
    public static IntervalFigure Figure(SwapSetReport report) => new(
        Texts.T("rollout.swap.axis"), [.. report.Cells.Select(cell => new IntervalBar(Words.Of(cell.Place), 100 * cell.Share, 100 * cell.Share, 100 * cell.Share))], Signed: false);

    private static string Share(double? share) => share is { } known ? Formats.Number(100 * known) : Formats.Unknown;

    private static string Loss(double? loss) => loss is { } known ? Formats.Integer((long)Math.Round(known)) : Formats.Unknown;

    private static string Observed(SwapCell observed) => observed.Rows == 0 ? Formats.Unknown : Texts.T("rollout.swap.ofKnown", Formats.Integer(observed.Bads), Formats.Integer(observed.Rows));
}
