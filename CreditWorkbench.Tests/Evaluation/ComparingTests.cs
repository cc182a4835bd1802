using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Evaluation;

public sealed class ComparingTests
{
    [Fact]
    public void Of_IdenticalPredictions_AreZeroFromZeroToZero()
    {
        var rows = Rows(400, 0.0);

        var comparison = Comparing.Of(rows, rows.Candidates[0], rows.Candidates[0] with { Family = "twin" }, 1);

        Assert.All(comparison.Metrics, metric => Assert.Equal((0.0, 0.0, 0.0, 1.0), (metric.Difference, metric.Low, metric.High, metric.PValue)));
        Assert.Equal((0, 0), (comparison.SwapSet.SwappedIn.Rows, comparison.SwapSet.SwappedOut.Rows));
        Assert.Equal((1.0, 1.0), (comparison.Reasons!.SameStrongest, comparison.Reasons.MeanOverlap));
        Assert.Equal(new ScoreShift(1.0, 0.0, 0.0, 0.0), comparison.Shift);
        Assert.All(comparison.Fairness, pair => Assert.Equal(pair.First, pair.Second));
    }

    [Fact]
    public void Of_TwoCandidates_CountsWhoIsDecidedOtherwise()
    {
        var rows = Rows(500, 0.15);
        var (first, second) = (rows.Candidates[0], rows.Candidates[1]);

        var comparison = Comparing.Of(rows, first, second, 1);

        var swap = comparison.SwapSet;
        int[] declined = [.. Enumerable.Range(0, 500).Where(i => first.Pd[i] > first.Threshold && second.Pd[i] <= second.Threshold)];
        Assert.Equal((declined.Length, declined.Count(i => rows.Bad[i])), (swap.SwappedIn.Rows, swap.SwappedIn.Bads));
        Assert.Equal(500, swap.BothApprove.Rows + swap.SwappedIn.Rows + swap.SwappedOut.Rows + swap.BothDecline.Rows);
        var equal = comparison.SwapSetAtEqualApproval;
        Assert.Equal(equal.SwappedIn.Rows, equal.SwappedOut.Rows);
    }

    [Fact]
    public void Of_TwoCandidates_TakesThePairedTestOfDeLong()
    {
        var rows = Rows(500, 0.15);
        var (first, second) = (rows.Candidates[0], rows.Candidates[1]);

        var auc = Comparing.Of(rows, first, second, 1).Metrics.Single(metric => metric.Metric == "auc");

        var paired = DeLong.Compare(first.Risk, second.Risk, rows.Bad);
        Assert.Equal(paired.Difference, auc.Difference);
        Assert.Equal(paired.PValue, auc.PValue);
        Assert.Equal(auc.First - auc.Second, auc.Difference, 1e-12);
    }

    [Fact]
    public void Of_OtherReasons_SaysWhichFeatureLostAndWhichWon()
    {
        var rows = Rows(100, 0.0);
        var other = rows.Candidates[0] with { Family = "other", Reasons = new ReasonSample([0, 1], ["income", "debt"], [[1], [0, 1]]) };

        var churn = Comparing.Of(rows, rows.Candidates[0], other, 1).Reasons!;

        // Rows 0 and 1 of the first name income; and income, debt.
        Assert.Equal((2, 0.5, 0.5), (churn.Rows, churn.SameStrongest, churn.MeanOverlap));
        Assert.Equal(new ReasonChange("debt", 0.5, 1.0), churn.Features.Single(change => change.Feature == "debt"));
    }

    [Fact]
    public void Spearman_AgainstRanksByHand_CountsTiesByTheirMean()
    {
        Assert.Equal(1.0, Spearman.Of([1, 2, 3], [10, 20, 400])!.Value, 1e-12);
        Assert.Equal(-1.0, Spearman.Of([1, 2, 3], [3, 2, 1])!.Value, 1e-12);
        // scipy.stats.spearmanr([1,2,2,3,5],[2,1,4,4,3]) of SciPy 1.10.1.
        Assert.Equal(0.39473684210526316, Spearman.Of([1, 2, 2, 3, 5], [2, 1, 4, 4, 3])!.Value, 1e-12);
        Assert.Null(Spearman.Of([1, 1], [1, 2]));
    }

    private static JudgedRows Rows(int count, double noise)
    {
        var state = 11L;
        var (bad, pd, other) = (new bool[count], new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            pd[i] = Samples.Next(ref state);
            bad[i] = Samples.Next(ref state) < pd[i];
            other[i] = Math.Clamp(pd[i] + noise * (Samples.Next(ref state) - 0.5), 0.0, 1.0);
        }

        return new JudgedRows
        {
            FileRows = [.. Enumerable.Range(1, count).Select(i => (long)i)],
            Bad = bad,
            Grades = ["A", "B"],
            Sensitive = [new CodedColumn("sex", ["f", "m"], [.. Enumerable.Range(0, count).Select(i => i % 2)])],
            Candidates = [Judged("first", pd, 0.5), Judged("second", other, 0.45)],
        };
    }

    private static CandidateJudgement Judged(string family, double[] pd, double threshold) => new()
    {
        Family = family,
        Threshold = threshold,
        Risk = pd,
        Pd = pd,
        Score = Array.ConvertAll(pd, value => 900 - 600 * value),
        Grade = Array.ConvertAll(pd, value => value > 0.5 ? 1 : 0),
        Reasons = new ReasonSample([0, 1], ["income", "debt"], [[0], [0, 1]]),
    };
}
