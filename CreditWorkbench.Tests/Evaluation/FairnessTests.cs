using CreditWorkbench.Core.Evaluation;
using Xunit;

namespace CreditWorkbench.Tests.Evaluation;

public sealed class FairnessTests
{
    [Fact]
    public void GoodOutcome_GermanSex_HasThePublishedDifferenceAndRatio()
    {
        var rows = German();

        var comparison = Compare(rows, row => row[8] == "A92");

        Assert.Equal(-0.0748, comparison.Difference, 5e-5);
        Assert.Equal(0.897, comparison.Ratio!.Value, 5e-4);
        Assert.InRange(comparison.PValue, 0.0, 0.05);
    }

    [Fact]
    public void GoodOutcome_GermanAge_HasThePublishedDifferenceAndRatio()
    {
        var rows = German();

        var comparison = Compare(rows, row => int.Parse(row[12], System.Globalization.CultureInfo.InvariantCulture) <= 25);

        Assert.Equal(-0.1494, comparison.Difference, 5e-5);
        Assert.Equal(0.795, comparison.Ratio!.Value, 5e-4);
        Assert.InRange(comparison.RatioLow!.Value, 0.5, 0.795);
        Assert.InRange(comparison.RatioHigh!.Value, 0.795, 1.0);
    }

    [Fact]
    public void Audit_GermanSexByOutcome_NamesTheBetterGroupAsReference()
    {
        var rows = German();
        bool[] bad = [.. rows.Select(row => row[20] == "2")];

        var report = FairnessAudit.Of("sex", [.. rows.Select(row => row[8] == "A92" ? "female" : "other")], [.. bad.Select(b => b ? 0.9 : 0.1)], bad, 0.5)!;

        Assert.Equal("other", report.Reference);
        Assert.Equal(0.897, report.Groups[0].Approval.Ratio!.Value, 5e-4);
        Assert.Equal(FairnessVerdict.WithinFourFifths, report.Groups[0].Verdict);
        Assert.Equal(0.0, report.Groups[0].EqualOpportunityDifference);
    }

    [Fact]
    public void Audit_HalfTheApprovals_IsAdverseImpact()
    {
        var report = Audit(groupRows: 200, groupApproved: 80, referenceRows: 400, referenceApproved: 320);

        var group = report.Groups.Single(entry => entry.Group == "a");
        Assert.Equal("b", report.Reference);
        Assert.Equal(0.5, group.Approval.Ratio!.Value, 1e-12);
        Assert.Equal(FairnessVerdict.AdverseImpact, group.Verdict);
        Assert.Equal(-0.4, group.EqualOpportunityDifference!.Value, 0.02);
    }

    [Fact]
    public void Audit_TwentyRows_IsInsufficientEvidence()
    {
        var report = Audit(groupRows: 20, groupApproved: 4, referenceRows: 400, referenceApproved: 320);

        Assert.Equal(FairnessVerdict.InsufficientEvidence, report.Groups.Single(entry => entry.Group == "a").Verdict);
    }

    [Fact]
    public void Audit_OneGroupOnly_SaysNothing() => Assert.Null(FairnessAudit.Of("x", ["a", "a", null], [0.1, 0.2, 0.3], [true, false, true], 0.5));

    [Fact]
    public void Groups_AgesWithBands_AreNamedByTheirBorders() =>
        Assert.Equal<IEnumerable<string?>>(["<= 25", "> 25, <= 60", "> 60", null], SensitiveGroups.OfNumbers([25, 26, 61, double.NaN], [25, 60]));

    [Fact]
    public void Groups_FewValues_AreTheirOwnGroups() => Assert.Equal<IEnumerable<string?>>(["1", "2", null], SensitiveGroups.OfNumbers([1, 2, double.NaN], []));

    private static FairnessReport Audit(int groupRows, int groupApproved, int referenceRows, int referenceApproved)
    {
        string[] groups = [.. Enumerable.Repeat("a", groupRows), .. Enumerable.Repeat("b", referenceRows)];
        double[] pd = [.. Enumerable.Range(0, groupRows).Select(i => i < groupApproved ? 0.1 : 0.9), .. Enumerable.Range(0, referenceRows).Select(i => i < referenceApproved ? 0.1 : 0.9)];
        bool[] bad = [.. Enumerable.Range(0, groups.Length).Select(i => i % 5 == 0)];
        return FairnessAudit.Of("column", groups, pd, bad, 0.5)!;
    }

    private static RateComparison Compare(string[][] rows, Func<string[], bool> isIn)
    {
        var (group, rest) = (rows.Where(isIn).ToList(), rows.Where(row => !isIn(row)).ToList());
        return RateComparison.Of(group.Count(row => row[20] == "1"), group.Count, rest.Count(row => row[20] == "1"), rest.Count);
    }

    private static string[][] German() =>
        [.. File.ReadLines(RealData.File("german/german.data")).Where(line => line.Length > 0).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
}
