using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Evaluation;

public sealed class CutOffTableTests
{
    private static readonly DecisionCosts Fixed = new(50_000, 10_000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void At_AnyThreshold_EqualsCountingRowByRow(bool perLoan)
    {
        var rows = new Loans(400, ties: true);
        var (table, costs) = (rows.Table(), perLoan ? new DecisionCosts(0, 0, 0.45) : Fixed);

        foreach (var threshold in new[] { -1e-9, 0.0, 0.1, 0.25, 0.4, 0.999, 1.0 })
        {
            var (figures, brute) = (table.At(threshold, costs), rows.Count(threshold, costs));
            Assert.Equal(brute.Cost, figures.Cost, 1e-6);
            Assert.Equal(brute.Caught, figures.DefaultsCaught);
            Assert.Equal(brute.Alarms, figures.FalseAlarms);
            Assert.Equal(brute.ExpectedLoss, figures.ExpectedLoss, 1e-6);
            Assert.Equal(rows.Pd.Count(pd => pd <= threshold) / 400.0, figures.ApprovalRate);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Best_OverAllThresholds_CostsNoMoreThanAnyOther(bool perLoan)
    {
        var rows = new Loans(300, ties: true);
        var costs = perLoan ? new DecisionCosts(0, 0, 0.45) : Fixed;

        var best = rows.Table().Best(costs);

        var least = rows.Pd.Distinct().Append(-1.0).Min(threshold => rows.Count(threshold, costs).Cost);
        Assert.Equal(least, best.Cost, 1e-6);
        Assert.Equal(best.Cost, rows.Count(best.Threshold, costs).Cost, 1e-6);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(0.2, 0.0)]
    [InlineData(0.2, 3_000.0)]
    [InlineData(1.0, 3_000.0)]
    public void Zones_ReferralCapacity_AreTheBestPairOfCutsWithinIt(double capacity, double referral)
    {
        var rows = new Loans(60, ties: true);
        var costs = Fixed with { Referral = referral };

        var zones = rows.Table().Zones(costs, capacity);

        Assert.Equal(rows.CheapestZones(costs, capacity), zones.Cost, 1e-6);
        Assert.True(zones.Referred <= capacity * 60);
        Assert.Equal(60, zones.Approved + zones.Referred + zones.Declined);
        Assert.Equal(zones.Approved, rows.Pd.Count(pd => pd <= zones.ApproveUpTo));
        Assert.Equal(zones.Declined, rows.Pd.Count(pd => pd > zones.DeclineAbove));
    }

    [Fact]
    public void Curve_ManyRows_RunsFromDecliningAllToApprovingAll()
    {
        var curve = new Loans(5_000, ties: false).Table().Curve(Fixed);

        Assert.Equal(EvaluationCurves.MostPoints, curve.Count);
        Assert.Equal((0.0, null), (curve[0].ApprovalRate, curve[0].ApprovedBadRate));
        Assert.Equal(1.0, curve[^1].ApprovalRate);
        Assert.Equal(curve.Select(point => point.Threshold).Order(), curve.Select(point => point.Threshold));
    }

    // The enterprise design: 130 defaults of 50,000, 127 caught, 3 false alarms of 10,000.
    [Fact]
    public void Impact_OfTheEnterpriseDesign_GivesItsFigures()
    {
        var (pd, bad) = (new double[650], new bool[650]);
        for (var i = 0; i < 130; i++) (pd[i], bad[i]) = (i < 127 ? 0.9 : 0.1, true);
        for (var i = 130; i < 650; i++) pd[i] = i < 133 ? 0.9 : 0.1;

        var impact = CutOffTable.Of(pd, bad).Impact(0.2424, Fixed);

        Assert.Equal((127, 130, 3), (impact.DefaultsCaught, impact.Defaults, impact.FalseAlarms));
        Assert.Equal(6_350_000, impact.LossAvoided);
        Assert.Equal(0.977, impact.LossAvoidedShare!.Value, 0.0005);
        Assert.Equal(210.67, impact.Roi!.Value, 0.005);
    }

    [Fact]
    public void At_CostsPerLoanWithoutLoans_Throws()
    {
        var table = CutOffTable.Of([0.1, 0.2], [false, true]);

        Assert.Throws<ArgumentException>(() => table.At(0.5, new DecisionCosts(0, 0, 0.45)));
    }

    private sealed class Loans
    {
        private readonly bool[] _bad;
        private readonly double[] _exposure, _margin;

        public Loans(int rows, bool ties)
        {
            var state = 7L;
            (Pd, _bad, _exposure, _margin) = (new double[rows], new bool[rows], new double[rows], new double[rows]);
            for (var i = 0; i < rows; i++)
            {
                Pd[i] = ties ? Math.Floor(20 * Samples.Next(ref state)) / 40 : Samples.Next(ref state);
                _bad[i] = Samples.Next(ref state) < Pd[i];
                _exposure[i] = 1_000 + 9_000 * Samples.Next(ref state);
                _margin[i] = 0.1 * _exposure[i];
            }
        }

        public double[] Pd { get; }

        public CutOffTable Table() => CutOffTable.Of(Pd, _bad, _exposure, _margin);

        public (double Cost, int Caught, int Alarms, double ExpectedLoss) Count(double threshold, DecisionCosts costs)
        {
            var (cost, caught, alarms, expected) = (0.0, 0, 0, 0.0);
            for (var i = 0; i < Pd.Length; i++)
            {
                if (Pd[i] > threshold)
                {
                    if (_bad[i]) caught++;
                    else alarms++;
                    if (!_bad[i]) cost += Good(i, costs);
                }
                else
                {
                    if (_bad[i]) cost += Bad(i, costs);
                    expected += Pd[i] * Bad(i, costs);
                }
            }

            return (cost, caught, alarms, expected);
        }

        public double CheapestZones(DecisionCosts costs, double capacity)
        {
            double[] cuts = [-1.0, .. Pd.Distinct().Order()];
            return cuts.Min(low => cuts.Where(high => high >= low && Pd.Count(pd => pd > low && pd <= high) <= capacity * Pd.Length).Min(high =>
                Enumerable.Range(0, Pd.Length).Sum(i => Pd[i] <= low ? (_bad[i] ? Bad(i, costs) : 0) : Pd[i] > high ? (_bad[i] ? 0 : Good(i, costs)) : costs.Referral)));
        }

        private double Bad(int i, DecisionCosts costs) => costs.Lgd * _exposure[i] ?? costs.FalseNegative;

        private double Good(int i, DecisionCosts costs) => costs.IsPerLoan ? _margin[i] : costs.FalsePositive;
    }
}
