using CreditWorkbench.Core.Review;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Decide;

/// <summary>What makes one application's score differ from another's.</summary>
public static class CompareFigure
{
    /// <summary>From the other's score to this one's, factor by factor; both were explained under one release.</summary>
    public static WaterfallFigure Of(CaseView here, CaseView other)
    {
        var (one, two) = (here.Score!.Explanation!, other.Score!.Explanation!);
        var issued = here.Score.Score.Issued;
        return new WaterfallFigure(
            Texts.T("compare.scoreOf", other.Application.Number), other.Score.Score.Issued,
            [.. one.Contributions.Zip(two.Contributions, (a, b) => new WaterfallFactor(Words.Of(a.Label), Texts.T("compare.versus", Words.Of(a.DisplayValue), Words.Of(b.DisplayValue)), a.Points - b.Points))],
            one.Rounding - two.Rounding + (one.BasePoints - two.BasePoints), one.Clip - two.Clip, issued, CaseFigures.Band(here.Definition, issued).Tone, here.Score.Policy.ApproveFrom);
    }
}
