using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>The leader board of a finished run, with the figures of the chosen candidate below it.</summary>
public sealed partial class RunBoard
{
    private string? _drawnFor;

    private Drawn Roc { get; set; } = null!;

    private Drawn Calibration { get; set; } = null!;

    private Drawn Cost { get; set; } = null!;

    private string Chosen => Candidate is { } wanted && Study.Of(wanted) is not null ? wanted : View.Run.Summary!.Chosen;

    private CandidateRecord Record => Study.Of(Chosen)!;

    private int TestRows => Study.Rows.Test.Count;

    private IReadOnlyList<LeakageFinding> Open => Study.OpenOf(Chosen, View.Acknowledged);

    // The best candidate beside the next one: is the lead more than chance?
    private string Finding
    {
        get
        {
            var lines = View.Run.Summary!.Candidates;
            var second = lines.FirstOrDefault(line => line.Family != View.Run.Summary.Chosen);
            if (second is null) return Texts.T("lab.boardAlone");
            var paired = LabComparison.Auc(Study, View.Run.Summary.Chosen, second.Family);
            var proven = Texts.T(paired.PValue < 0.05 ? "lab.proven" : "lab.notProven");
            return Texts.T(
                "lab.boardNote", LabWords.Family(View.Run.Summary.Chosen), LabWords.Family(second.Family), Formats.Signed(paired.Difference, 3), Formats.Signed(paired.Low, 3), Formats.Signed(paired.High, 3),
                LabWords.Chance(paired.PValue), proven);
        }
    }

    private string CalibrationWords => Texts.T(
        "lab.calibrationWords", Formats.Number(Record.Test.Report.EceAfter, 3), LabWords.Number(Record.Test.Report.EceBefore), Formats.Number(Record.Test.Curves.CalibrationAfter.NullLimit, 3));

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        if (_drawnFor == Chosen) return;
        _drawnFor = Chosen;
        var origin = LabWords.Origin(Study.Record, LabWords.Family(Chosen));
        // The chosen candidate first, then the best two of the others: a fourth line would be read by nobody.
        var others = View.Run.Summary!.Candidates.Select(line => line.Family).Where(family => family != Chosen).Take(2);
        var shown = others.Prepend(Chosen).Select((family, place) => new Shown(LabWords.Family(family), Study.Of(family)!.Test, place)).ToList();
        Roc = LabFigures.Roc(shown, origin);
        Calibration = LabFigures.Calibration([shown[0]], origin);
        var cuts = Record.Test.CutOffs!;
        Cost = CutOffDrawings.Cost(cuts.Curve, cuts.Chosen, cuts.Best, cuts.Costs.Currency ?? Texts.T("lab.units"), origin);
    }

    private string Address(string family, string? tab) => $"/lab/runs/{View.Run.Id}/{family}" + (tab is null ? "" : "?tab=" + tab);
}
