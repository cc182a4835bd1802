using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Leakage;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.ModelBuilding;

public sealed class EvidenceStepsTests
{
    private static readonly Lazy<TrainingResult> Result = new(() => Run(new Applicants().Request(Applicants.Quick with { Candidates = ["boosting", "forest", "network"], Folds = 3 })));
    private long _state = 17;

    [Fact]
    public void Reasons_OfEveryExactFamily_NameFeaturesThatLowerTheScore()
    {
        var rows = Result.Value.Rows.Test;

        foreach (var family in new[] { "boosting", "forest" })
        {
            var reasons = rows.Of(family)!.Reasons!;
            Assert.Equal(rows.Of("boosting")!.Reasons!.Rows, reasons.Rows);
            Assert.Equal(reasons.Rows.Length, reasons.Strongest.Count);
            Assert.All(reasons.Strongest, strongest => Assert.InRange(strongest.Length, 0, 4));
            // Whoever is declined owes much: debt is named more often than not.
            var debt = reasons.Features.ToList().IndexOf("debt");
            Assert.True(reasons.Strongest.Count(strongest => strongest.Contains(debt)) > 0.3 * reasons.Rows.Length);
        }

        Assert.Null(rows.Of("network")!.Reasons);
    }

    [Fact]
    public void Comparison_OfJudgedCandidates_HasReasonsOfBoth()
    {
        var rows = Result.Value.Rows.Test;

        var comparison = Comparing.Of(rows, rows.Of("boosting")!, rows.Of("forest")!, 1);

        Assert.InRange(comparison.Reasons!.MeanOverlap, 0.2, 1.0);
        Assert.Equal("gender", comparison.Fairness[0].Column);
        Assert.InRange(comparison.Shift.Correlation!.Value, 0.5, 1.0);
    }

    [Fact]
    public void Fairness_OfARun_HasPowerOddsCalibrationReasonsAndProxies()
    {
        var report = Result.Value.Records.Single(record => record.Family == "boosting").Fairness[0];

        Assert.Equal(2, report.Groups.Count);
        var other = report.Groups.Single(group => group.Group != report.Reference);
        Assert.NotNull(other.Power);
        Assert.NotNull(other.StandardisedMeanDifference);
        Assert.All(report.Groups, group => Assert.Equal(group.Count, group.Calibration!.Bins.Sum(bin => bin.Count)));
        Assert.NotEmpty(report.Reasons);
        // The outcome does not follow gender, and neither does a feature.
        Assert.All(report.Proxies, proxy => Assert.False(proxy.IsProxy));
    }

    [Fact]
    public void Proxies_FeatureThatTellsAGroup_IsNamedWhereTheModelUsesIt()
    {
        var (groups, height, noise) = (new int[600], new float[600], new float[600]);
        for (var i = 0; i < 600; i++) (groups[i], height[i], noise[i]) = (i % 3 == 0 ? 1 : 0, (float)(Samples.Next(ref _state) + (i % 3 == 0 ? 0.6 : 0.0)), (float)Samples.Next(ref _state));
        var features = new FeatureMatrix([FeatureColumn.Number("height"), FeatureColumn.Number("noise")], 600, [.. height, .. noise]);

        var proxies = ProxyStep.Of(new CodedColumn("sex", ["f", "m"], groups), features, [new FeatureImportance("height", 0.4), new FeatureImportance("noise", 0.6)], 1, TestContext.Current.CancellationToken);
        var unused = ProxyStep.Of(new CodedColumn("sex", ["f", "m"], groups), features, [new FeatureImportance("noise", 1.0)], 1, TestContext.Current.CancellationToken);

        Assert.Equal(("height", "m", true), (proxies[0].Feature, proxies[0].Group, proxies[0].IsProxy));
        Assert.False(proxies[1].IsProxy);
        Assert.False(unused[0].IsProxy);
    }

    [Fact]
    public void Calibration_OfTrueLogOdds_StaysWithPlattAndTriesAllFourWays()
    {
        var (margins, bad) = Margins(4_000, odds => odds);

        var trials = CalibrationTrials.Of(margins, bad);

        Assert.Equal(["none", "platt", "beta", "isotonic"], trials.Select(trial => trial.Kind));
        Assert.All(trials, trial => Assert.InRange(trial.LogLoss!.Value, 0.0, 1.0));
        Assert.Equal("platt", CalibrationTrials.Better(trials, bad));
    }

    [Fact]
    public void Calibration_OfABentMargin_TakesABentWay()
    {
        // The margin hardly moves below even odds and runs away above.
        var (margins, bad) = Margins(8_000, odds => odds < 0 ? 0.1 * odds : 4 * odds);

        var trials = CalibrationTrials.Of(margins, bad);

        Assert.True(CalibrationTrials.Better(trials, bad) is "beta" or "isotonic");
        Assert.True(trials.Single(trial => trial.Kind == "isotonic").Gain > 0);
    }

    [Fact]
    public void Leaks_OfAScorecardWithFittedTransforms_AreFoundToo()
    {
        var result = Run(new Applicants { Fitted = true, Leaking = true }.Request(Applicants.Quick with { Candidates = ["boosting"], Folds = 3 }));

        Assert.Contains(result.Leakage, finding => finding is { Column: "collections", Severity: LeakageSeverity.Error });
        Assert.Contains(result.Refusals, problem => problem.Field == "collections");
    }

    [Fact]
    public void Leaks_ColumnLeftOutAsAKey_IsAWarning()
    {
        var request = new Applicants().Request(Applicants.Quick with { Candidates = ["boosting"], Folds = 3 }) with { LeftOutKeys = ["customer"] };

        var finding = Assert.Single(Run(request).Leakage, finding => finding.Kind == LeakageKinds.Identifier);

        Assert.Equal(("customer", LeakageSeverity.Warning), (finding.Column, finding.Severity));
    }

    private (double[] Margins, bool[] Bad) Margins(int count, Func<double, double> bend)
    {
        var (margins, bad) = (new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            var odds = 6 * Samples.Next(ref _state) - 3;
            (margins[i], bad[i]) = (bend(odds), Samples.Next(ref _state) < 1 / (1 + Math.Exp(-odds)));
        }

        return (margins, bad);
    }

    private static TrainingResult Run(TrainingRequest request) => new TrainingLine(TimeProvider.System).Run(request, null, TestContext.Current.CancellationToken).Value;
}
