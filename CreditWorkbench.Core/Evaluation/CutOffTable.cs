namespace CreditWorkbench.Core.Evaluation;

/// <summary>Rows sorted once by PD, with running sums, so that a threshold is judged without visiting the rows again.</summary>
/// <remarks>Building is O(n log n), a threshold O(log n), a search over all thresholds O(n); 150,000 rows take milliseconds. Rows of one PD
/// stand together: a threshold never parts them.</remarks>
public sealed class CutOffTable
{
    private readonly double[] _pd;
    private readonly int[] _bads;
    private readonly double[] _pdSum, _badExposure, _expectedExposure, _goodMargin;

    private CutOffTable(double[] pd, ReadOnlySpan<int> order, ReadOnlySpan<bool> bad, double[]? exposure, double[]? margin)
    {
        var n = pd.Length;
        (_pd, _bads, HasLoans) = (pd, new int[n + 1], exposure is not null && margin is not null);
        (_pdSum, _badExposure, _expectedExposure, _goodMargin) = (new double[n + 1], new double[n + 1], new double[n + 1], new double[n + 1]);
        for (var i = 0; i < n; i++)
        {
            var row = order[i];
            var (isBad, ead, earned) = (bad[row], exposure?[row] ?? 0.0, margin?[row] ?? 0.0);
            _bads[i + 1] = _bads[i] + (isBad ? 1 : 0);
            _pdSum[i + 1] = _pdSum[i] + pd[i];
            _badExposure[i + 1] = _badExposure[i] + (isBad ? ead : 0.0);
            _expectedExposure[i + 1] = _expectedExposure[i] + pd[i] * ead;
            _goodMargin[i + 1] = _goodMargin[i] + (isBad ? 0.0 : earned);
        }
    }

    /// <summary>Rows.</summary>
    public int Rows => _pd.Length;

    /// <summary>Bad rows.</summary>
    public int Bads => _bads[^1];

    /// <summary>Whether exposure and margin of each loan are known.</summary>
    public bool HasLoans { get; }

    /// <summary>Sorts rows.</summary>
    /// <param name="pd">PD per row, shape [n], n &gt;= 1, in [0, 1].</param>
    /// <param name="bad">Outcome per row, same order.</param>
    /// <param name="exposure">Exposure at default per row; null where unknown.</param>
    /// <param name="margin">Margin of a good loan per row; null where unknown.</param>
    /// <exception cref="ArgumentException">Lengths differ, no row, or a PD that is not a number.</exception>
    public static CutOffTable Of(ReadOnlySpan<double> pd, ReadOnlySpan<bool> bad, double[]? exposure = null, double[]? margin = null)
    {
        if (pd.Length != bad.Length || pd.Length == 0) throw new ArgumentException($"{pd.Length} probabilities, {bad.Length} outcomes; at least one of each.", nameof(bad));
        if ((exposure is { } e && e.Length != pd.Length) || (margin is { } m && m.Length != pd.Length)) throw new ArgumentException("One exposure and margin per row.", nameof(exposure));
        var (order, sorted) = (new int[pd.Length], pd.ToArray());
        for (var i = 0; i < order.Length; i++)
        {
            if (double.IsNaN(sorted[i])) throw new ArgumentException("A PD is a number.", nameof(pd));
            order[i] = i;
        }

        Array.Sort(sorted, order);
        return new CutOffTable(sorted, order, bad, exposure, margin);
    }

    /// <summary>What a threshold does. O(log n).</summary>
    /// <param name="threshold">PDs above it are declined.</param>
    /// <param name="costs">Costs; per-loan costs need <see cref="HasLoans"/>.</param>
    /// <exception cref="ArgumentException">Per-loan costs of rows without loans.</exception>
    public CutOffFigures At(double threshold, DecisionCosts costs) => Figures(threshold, Approved(threshold), Checked(costs));

    /// <summary>The threshold of least observed cost; of equals the highest, which declines fewest. O(n).</summary>
    public CutOffFigures Best(DecisionCosts costs)
    {
        Checked(costs);
        var (best, least) = (0, double.PositiveInfinity);
        for (var approved = 0; approved <= Rows; approved++)
        {
            if (!IsCut(approved)) continue;
            var cost = Miss(approved, costs) + Alarm(Rows, costs) - Alarm(approved, costs);
            if (cost <= least) (best, least) = (approved, cost);
        }

        return Figures(ThresholdAt(best), best, costs);
    }

    /// <summary>Figures at equal steps of rows, rising in threshold: from declining everybody to approving everybody.</summary>
    /// <param name="costs">Costs.</param>
    /// <param name="points">Points at most, at least 2.</param>
    public IReadOnlyList<CutOffFigures> Curve(DecisionCosts costs, int points = EvaluationCurves.MostPoints)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 2);
        Checked(costs);
        var (curve, last) = (new List<CutOffFigures>(points), -1);
        for (var point = 0; point < points; point++)
        {
            var approved = (int)((long)point * Rows / (points - 1));
            while (!IsCut(approved)) approved++;
            if (approved == last) continue;
            curve.Add(Figures(ThresholdAt(approved), approved, costs));
            last = approved;
        }

        return curve;
    }

    /// <summary>Three zones of least cost when at most a share of the rows can be looked at. O(n).</summary>
    /// <param name="costs">Costs.</param>
    /// <param name="capacity">Share of rows that can be referred, in [0, 1].</param>
    public CutOffZones Zones(DecisionCosts costs, double capacity)
    {
        if (capacity is not (>= 0.0 and <= 1.0)) throw new ArgumentOutOfRangeException(nameof(capacity), capacity, "A share lies in [0, 1].");
        Checked(costs);
        var (most, cuts) = ((int)Math.Floor(capacity * Rows), Cuts());
        var (low, high, least) = (0, 0, double.PositiveInfinity);
        // What an end costs does not depend on the beginning: the best of the ends within reach is found by a window that only moves forward,
        // in which costs rise from its first place to its last.
        var (window, first, last) = (new int[cuts.Length], 0, -1);
        for (var (from, to) = (0, 0); from < cuts.Length; from++)
        {
            for (; to < cuts.Length && cuts[to] - cuts[from] <= most; to++)
            {
                var cost = End(cuts[to]);
                while (last >= first && End(window[last]) >= cost) last--;
                window[++last] = cuts[to];
            }

            while (window[first] < cuts[from]) first++;
            var whole = Miss(cuts[from], costs) - costs.Referral * cuts[from] + End(window[first]);
            if (whole <= least) (low, high, least) = (cuts[from], window[first], whole);
        }

        return new CutOffZones(ThresholdAt(low), ThresholdAt(high), low, high - low, Rows - high, Rate(0, low), Rate(low, high), Rate(high, Rows), least);

        double End(int at) => Alarm(Rows, costs) - Alarm(at, costs) + costs.Referral * at;
    }

    /// <summary>Business impact of a threshold against approving everybody.</summary>
    public BusinessImpact Impact(double threshold, DecisionCosts costs)
    {
        var approved = Approved(threshold);
        var (whole, missed, lost) = (Miss(Rows, Checked(costs)), Miss(approved, costs), Alarm(Rows, costs) - Alarm(approved, costs));
        var (avoided, caught) = (whole - missed, Bads - _bads[approved]);
        return new BusinessImpact
        {
            Threshold = threshold,
            Costs = costs,
            DefaultsCaught = caught,
            Defaults = Bads,
            FalseAlarms = Rows - approved - caught,
            LossAvoided = avoided,
            LossAvoidedShare = whole > 0 ? avoided / whole : null,
            MarginLost = lost,
            Savings = avoided - lost,
            Roi = lost > 0 ? (avoided - lost) / lost : null,
        };
    }

    private CutOffFigures Figures(double threshold, int approved, DecisionCosts costs)
    {
        var missed = _bads[approved];
        var (lost, alarms) = (Miss(approved, costs), Alarm(Rows, costs) - Alarm(approved, costs));
        return new CutOffFigures
        {
            Threshold = threshold,
            ApprovalRate = (double)approved / Rows,
            ApprovedBadRate = Rate(0, approved),
            DefaultsCaught = Bads - missed,
            DefaultsMissed = missed,
            FalseAlarms = Rows - approved - (Bads - missed),
            GoodApproved = approved - missed,
            Cost = lost + alarms,
            CostPerRow = (lost + alarms) / Rows,
            ExpectedLoss = costs.Lgd is { } lgd ? lgd * _expectedExposure[approved] : costs.FalseNegative * _pdSum[approved],
            ObservedLoss = lost,
            Profit = Alarm(approved, costs) - lost,
        };
    }

    // Loss of the bad and margin of the good among the first rows.
    private double Miss(int rows, DecisionCosts costs) => costs.Lgd is { } lgd ? lgd * _badExposure[rows] : costs.FalseNegative * _bads[rows];

    private double Alarm(int rows, DecisionCosts costs) => costs.IsPerLoan ? _goodMargin[rows] : costs.FalsePositive * (rows - _bads[rows]);

    private double? Rate(int from, int to) => to > from ? (double)(_bads[to] - _bads[from]) / (to - from) : null;

    private int[] Cuts()
    {
        var (cuts, count) = (new int[Rows + 1], 0);
        for (var approved = 0; approved <= Rows; approved++)
        {
            if (IsCut(approved)) cuts[count++] = approved;
        }

        return cuts[..count];
    }

    private bool IsCut(int approved) => approved == 0 || approved == Rows || _pd[approved] != _pd[approved - 1];

    // Midway between neighbours; below every PD and above every PD at the ends.
    private double ThresholdAt(int approved) => approved == 0 ? Math.Min(0.0, _pd[0] - double.Epsilon) : approved == Rows ? 1.0 : Between(_pd[approved - 1], _pd[approved]);

    private static double Between(double low, double high)
    {
        var middle = low + 0.5 * (high - low);
        return middle < high ? middle : low;
    }

    private int Approved(double threshold)
    {
        var (low, high) = (0, Rows);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_pd[middle] <= threshold) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private DecisionCosts Checked(DecisionCosts costs) => !costs.IsPerLoan || HasLoans ? costs
        : throw new ArgumentException("Costs per loan need the exposure and margin of each row.", nameof(costs));
}
