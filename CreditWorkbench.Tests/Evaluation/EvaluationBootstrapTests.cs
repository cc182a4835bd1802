using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Evaluation;

public sealed class EvaluationBootstrapTests
{
    [Fact]
    public void Of_RowsWithTies_WeighsRowsAsIfTheyStoodThereSoOften()
    {
        var rows = Rows(300, ties: true);
        var sorted = new SortedRows(rows, 0.4);
        var weights = new int[300];
        var state = 3L;
        for (var i = 0; i < 300; i++) weights[i] = (int)(4 * Samples.Next(ref state));
        int[] repeated = [.. Enumerable.Range(0, 300).SelectMany(place => Enumerable.Repeat(sorted.Order[place], weights[place]))];

        var figures = sorted.NewPass().Of(weights);

        var (risk, pd, bad) = (Array.ConvertAll(repeated, row => rows.Risk[row]), Array.ConvertAll(repeated, row => rows.Pd[row]), Array.ConvertAll(repeated, row => rows.Bad[row]));
        var ranked = RankedOutcomes.Of(risk, bad);
        var confusion = ConfusionMatrix.At(pd, bad, 0.4);
        Assert.Equal(Ranking.Auc(risk, bad), figures[SortedRows.Auc], 1e-12);
        Assert.Equal(Ranking.KolmogorovSmirnov(ranked.Good, ranked.Bad), figures[SortedRows.Ks], 1e-12);
        Assert.Equal(Ranking.AveragePrecision(ranked.Good, ranked.Bad), figures[SortedRows.PrAuc], 1e-12);
        Assert.Equal(RankingCurves.TopDecileLift(ranked), figures[SortedRows.TopDecileLift], 1e-12);
        Assert.Equal(confusion.Accuracy!.Value, figures[SortedRows.Accuracy], 1e-12);
        Assert.Equal(confusion.Precision!.Value, figures[SortedRows.Precision], 1e-12);
        Assert.Equal(confusion.F1!.Value, figures[SortedRows.F1], 1e-12);
        Assert.Equal(ProbabilityLoss.Brier(pd, bad), figures[SortedRows.Brier], 1e-12);
        Assert.Equal(ProbabilityLoss.LogLoss(pd, bad), figures[SortedRows.LogLoss], 1e-12);
    }

    [Fact]
    public void Of_EachRowOnce_GivesTheFiguresOfTheReport()
    {
        var rows = Rows(500, ties: true);
        var report = ModelEvaluation.Of(rows, 0.4, 1, TestContext.Current.CancellationToken).Report;

        var figures = new SortedRows(rows, 0.4).NewPass().Of([.. Enumerable.Repeat(1, 500)]);

        Assert.Equal(report.Auc, figures[SortedRows.Auc], 1e-12);
        Assert.Equal(report.EceAfter, figures[SortedRows.EceAfter], 1e-12);
        Assert.Equal(report.EceBefore!.Value, figures[SortedRows.EceBefore], 1e-12);
        Assert.Equal(report.Recall, figures[SortedRows.Recall], 1e-12);
        Assert.Equal(report.Specificity, figures[SortedRows.Specificity], 1e-12);
    }

    [Fact]
    public void Intervals_AllFigures_HoldTheirValue()
    {
        var evaluation = ModelEvaluation.Of(Rows(800, ties: false), 0.4, 1, TestContext.Current.CancellationToken);

        // A calibration error of true PDs is noise, and noise of resampled rows lies above it.
        Assert.All(evaluation.Intervals.Where(interval => !interval.Metric.StartsWith("ece", StringComparison.Ordinal)), interval => Assert.InRange(interval.Value!.Value, interval.Low!.Value, interval.High!.Value));
        var deLong = evaluation.Intervals.Single(interval => interval.Method == IntervalMethods.DeLong);
        var bootstrap = evaluation.Intervals[0];
        Assert.Equal(bootstrap.High!.Value - bootstrap.Low!.Value, deLong.High!.Value - deLong.Low!.Value, 0.01);
    }

    // Ten rows of each applicant say the same: with a tenth of the knowledge the interval is about three times as wide.
    [Fact]
    public void Auc_TenRowsOfEachApplicant_HasAnIntervalAsWideAsThatOfTheApplicants()
    {
        var single = Rows(150, ties: false);
        int[] tenfold = [.. Enumerable.Range(0, 1_500).Select(i => i / 10)];
        var repeated = new EvaluatedRows
        {
            Risk = Array.ConvertAll(tenfold, row => single.Risk[row]),
            Pd = Array.ConvertAll(tenfold, row => single.Pd[row]),
            Bad = Array.ConvertAll(tenfold, row => single.Bad[row]),
            Applicants = new CodedColumn("applicant", [.. Enumerable.Range(0, 150).Select(i => $"{i}")], tenfold),
        };

        var (of, clustered) = (ModelEvaluation.Of(single, 0.4, 1, TestContext.Current.CancellationToken), ModelEvaluation.Of(repeated, 0.4, 1, TestContext.Current.CancellationToken));

        Assert.Equal(IntervalMethods.ClusteredBootstrap, clustered.Intervals[0].Method);
        Assert.Equal(of.Report.AucHigh - of.Report.AucLow, clustered.Report.AucHigh - clustered.Report.AucLow, 0.03);
        var ks = (of.Intervals.Single(interval => interval.Metric == "ks"), clustered.Intervals.Single(interval => interval.Metric == "ks"));
        Assert.Equal(ks.Item1.High!.Value - ks.Item1.Low!.Value, ks.Item2.High!.Value - ks.Item2.Low!.Value, 0.03);
    }

    [Fact]
    public void Segments_ManyValues_SumUpTheSmallestAndNameTheUnknown()
    {
        var rows = Rows(1_000, ties: false);
        var codes = Enumerable.Range(0, 1_000).Select(i => i < 30 ? -1 : i % 25).ToArray();
        var column = new CodedColumn("region", [.. Enumerable.Range(0, 25).Select(i => $"r{i}")], codes);

        var report = SegmentEvaluation.Of(rows, column, 0.4);

        Assert.Equal(SegmentReport.MostSegments, report.Segments.Count);
        Assert.Equal(1_000, report.Segments.Sum(segment => segment.Count));
        Assert.Equal(1, report.Segments.Count(segment => segment.Segment == "(other)"));
        var first = report.Segments.First(segment => segment.Segment.StartsWith('r'));
        int[] members = [.. Enumerable.Range(0, 1_000).Where(i => column[i] == first.Segment)];
        Assert.Equal(Ranking.Auc([.. members.Select(i => rows.Risk[i])], [.. members.Select(i => rows.Bad[i])]), first.Auc);
        Assert.Equal(members.Count(i => rows.Pd[i] <= 0.4) / (double)members.Length, first.ApprovalRate);
    }

    private static EvaluatedRows Rows(int count, bool ties)
    {
        var state = 21L;
        var (pd, raw, bad) = (new double[count], new double[count], new bool[count]);
        for (var i = 0; i < count; i++)
        {
            pd[i] = ties ? (1 + Math.Floor(18 * Samples.Next(ref state))) / 20 : 0.02 + 0.96 * Samples.Next(ref state);
            raw[i] = pd[i] * pd[i];
            bad[i] = Samples.Next(ref state) < pd[i];
        }

        return new EvaluatedRows { Risk = pd, Pd = pd, RawPd = raw, Bad = bad };
    }
}
