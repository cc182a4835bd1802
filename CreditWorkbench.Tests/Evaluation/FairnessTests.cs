using CreditWorkbench.Core.Datasets;
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

    // The good-rate of the young is .795 of that of the others: the decisions of an oracle would have that impact.
    [Fact]
    public void Audit_GermanAgeByOutcome_IsAdverseImpactOfThePublishedRatio()
    {
        var rows = German();
        bool[] bad = [.. rows.Select(row => row[20] == "2")];
        string[] groups = [.. rows.Select(row => int.Parse(row[12], System.Globalization.CultureInfo.InvariantCulture) <= 25 ? "young" : "other")];

        var report = FairnessAudit.Of("age", groups, [.. bad.Select(b => b ? 0.9 : 0.1)], bad, 0.5)!;

        var young = report.Groups.Single(group => group.Group == "young");
        Assert.Equal(0.795, young.Approval.Ratio!.Value, 5e-4);
        Assert.Equal(-0.1494, young.Approval.Difference, 5e-5);
        Assert.Equal(FairnessVerdict.AdverseImpact, young.Verdict);
        Assert.InRange(young.Power!.Value, 0.8, 1.0);
    }

    // mpmath 1.3.0: ncdf((.16 - 1.96 sqrt(.72 x .28 x 2 / n)) / sqrt((.64 x .36 + .8 x .2) / n)).
    [Theory]
    [InlineData(50, 0.428136502289542)]
    [InlineData(122, 0.798588948570933)]
    [InlineData(124, 0.805017627578122)]
    [InlineData(400, 0.999124896123441)]
    public void Power_EqualGroups_IsThatOfTwoShares(int n, double expected) => Assert.Equal(expected, FairnessPower.Of(0.8, n, n), 1e-9);

    [Fact]
    public void Audit_SixtyRowsOfHalfTheApprovals_HasTooLittlePowerForAVerdict()
    {
        var report = Audit(groupRows: 60, groupApproved: 24, referenceRows: 60, referenceApproved: 48);

        var group = report.Groups.Single(entry => entry.Group == "a");
        Assert.InRange(group.Power!.Value, 0.3, 0.79);
        Assert.Equal(FairnessVerdict.InsufficientEvidence, group.Verdict);
        Assert.InRange(group.Approval.PValue, 0.0, 1e-4);
    }

    [Fact]
    public void Odds_ManySamples_HoldBothTrueGapsInNineOfTenAtLeast()
    {
        var (held, state) = (0, 5L);
        for (var sample = 0; sample < 200; sample++)
        {
            var (groups, pd, bad) = (new string[600], new double[600], new bool[600]);
            for (var i = 0; i < 600; i++)
            {
                (groups[i], bad[i]) = (i % 2 == 0 ? "a" : "b", Metrics.Samples.Next(ref state) < 0.4);
                // True gaps: -.1 among good rows, .05 among bad ones.
                var approval = (groups[i], bad[i]) switch { ("a", false) => 0.7, ("a", true) => 0.45, (_, false) => 0.8, _ => 0.4 };
                pd[i] = Metrics.Samples.Next(ref state) < approval ? 0.1 : 0.9;
            }

            var odds = FairnessAudit.Of("x", groups, pd, bad, 0.5, sample, "b")!.Groups[0].Odds!;
            if (odds.Good.Low <= -0.1 && odds.Good.High >= -0.1 && odds.Bad.Low <= 0.05 && odds.Bad.High >= 0.05) held++;
        }

        Assert.InRange(held, 181, 199);
    }

    [Fact]
    public void Details_JudgedRows_AddMeanDifferenceCalibrationAndReasons()
    {
        var rows = new JudgedRows
        {
            FileRows = [.. Enumerable.Range(1, 400).Select(i => (long)i)],
            Bad = [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0)],
            Grades = ["A"],
            Candidates = [],
            Sensitive = [new CodedColumn("sex", ["f", "m"], [.. Enumerable.Range(0, 400).Select(i => i % 2)])],
        };
        var judged = new CandidateJudgement
        {
            Family = "boosting",
            Threshold = 0.5,
            Risk = [.. Enumerable.Range(0, 400).Select(i => (double)i)],
            Pd = [.. Enumerable.Range(0, 400).Select(i => i % 4 < 2 ? 0.8 : 0.2)],
            // Group f scores 0 and 2 in turn, m 1 and 3: one point apart, standard deviations of about one.
            Score = [.. Enumerable.Range(0, 400).Select(i => (double)(i % 4))],
            Grade = new int[400],
            Reasons = new ReasonSample([0, 1, 2], ["income", "debt"], [[0], [1, 0], [1]]),
        };

        var report = FairnessDetails.Of(rows, judged, rows.Sensitive[0], 0.5, 1)!;

        var other = report.Groups.Single(group => group.Group != report.Reference);
        Assert.Equal(0.9975, Math.Abs(other.StandardisedMeanDifference!.Value), 1e-3);
        Assert.All(report.Groups, group => Assert.Equal(200, group.Calibration!.Bins.Sum(bin => bin.Count)));
        // Row 2 is approved; row 0 (f) names income, row 1 (m) both.
        Assert.Equal(1.0, report.Reasons.Single(reason => reason is { Group: "f", Feature: "income" }).Share);
        Assert.Equal(0.0, report.Reasons.Single(reason => reason is { Group: "f", Feature: "debt" }).Share);
        Assert.Equal(1.0, report.Reasons.Single(reason => reason is { Group: "m", Feature: "debt" }).Share);
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
