using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Calibration;

/// <summary>Which way probability of bad runs as the position rises.</summary>
public enum Trend
{
    /// <summary>Rises: positions are log-odds of bad.</summary>
    Rising,
    /// <summary>Falls: positions are z, higher is better.</summary>
    Falling,
}

/// <summary>Fits <see cref="IsotonicCalibrator"/>: the monotone function nearest in weighted squares to the outcomes.</summary>
/// <remarks>Pool adjacent violators (Ayer et al., 1955; Best and Chakravarti, 1990): O(n log n) for the sort, O(n) after it.</remarks>
public static class IsotonicFit
{
    /// <summary>Fits knots.</summary>
    /// <param name="positions">Positions, shape [n], n &gt;= 2, finite; held-out rows.</param>
    /// <param name="bad">Outcome per row, same order.</param>
    /// <param name="trend">Whether probability rises or falls with the position.</param>
    /// <param name="weights">Row weights above 0, shape [n]; empty for ones.</param>
    /// <returns>A calibrator whose knots are both ends of each pooled block, without those that lie inside a level stretch;
    /// probabilities are kept in [1/(2n), 1 - 1/(2n)]. Or <c>calibration.one_class</c>, <c>calibration.margin.not_finite</c>.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a weight is not above 0.</exception>
    public static Outcome<IsotonicCalibrator> Fit(ReadOnlySpan<double> positions, ReadOnlySpan<bool> bad, Trend trend, ReadOnlySpan<double> weights = default)
    {
        if (positions.Length != bad.Length) throw new ArgumentException($"Expected {positions.Length} outcomes, got {bad.Length}.", nameof(bad));
        if (!weights.IsEmpty && weights.Length != positions.Length) throw new ArgumentException($"Expected {positions.Length} weights, got {weights.Length}.", nameof(weights));
        foreach (var weight in weights)
        {
            if (!(weight > 0.0)) throw new ArgumentException("A weight lies above 0.", nameof(weights));
        }

        if (CalibrationRows.Fault(positions, bad) is { } fault) return fault;
        var blocks = new Blocks(positions.Length);
        AddTies(blocks, positions, bad, weights, trend);
        return blocks.ToCalibrator(trend, 1.0 / (2.0 * positions.Length));
    }

    /// <summary>Feeds the blocks rows in rising order, equal positions as one. Falling fits learn the good outcome, which rises.</summary>
    private static void AddTies(Blocks blocks, ReadOnlySpan<double> positions, ReadOnlySpan<bool> bad, ReadOnlySpan<double> weights, Trend trend)
    {
        var (sorted, order) = (positions.ToArray(), new int[positions.Length]);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        for (var first = 0; first < sorted.Length;)
        {
            // Rows of one position may come in any order from the sort: whole groups are summed by row number, so that weighted
            // sums do not depend on it.
            var end = first + 1;
            while (end < sorted.Length && sorted[end] == sorted[first]) end++;
            order.AsSpan(first, end - first).Sort();
            var (hits, total) = (0.0, 0.0);
            for (var i = first; i < end; i++)
            {
                var weight = weights.IsEmpty ? 1.0 : weights[order[i]];
                total += weight;
                if (bad[order[i]] == (trend == Trend.Rising)) hits += weight;
            }

            blocks.Add(sorted[first], hits, total);
            first = end;
        }
    }

    /// <summary>Pooled blocks, rising in their means.</summary>
    private sealed class Blocks(int capacity)
    {
        private readonly double[] _first = new double[capacity], _last = new double[capacity], _hits = new double[capacity], _total = new double[capacity];
        private int _count;

        public void Add(double position, double hits, double total)
        {
            var first = position;
            // A block joins the one before while that one's mean is not below its own.
            while (_count > 0 && _hits[_count - 1] * total >= hits * _total[_count - 1])
            {
                _count--;
                (first, hits, total) = (_first[_count], hits + _hits[_count], total + _total[_count]);
            }

            (_first[_count], _last[_count], _hits[_count], _total[_count]) = (first, position, hits, total);
            _count++;
        }

        public IsotonicCalibrator ToCalibrator(Trend trend, double edge)
        {
            var (positions, probabilities) = (new List<double>(), new List<double>());
            for (var block = 0; block < _count; block++)
            {
                var share = Math.Clamp(_hits[block] / _total[block], edge, 1.0 - edge);
                AddKnot(positions, probabilities, _first[block], trend == Trend.Rising ? share : 1.0 - share);
                if (_last[block] > _first[block]) AddKnot(positions, probabilities, _last[block], trend == Trend.Rising ? share : 1.0 - share);
            }

            return new IsotonicCalibrator([.. positions], [.. probabilities]);
        }

        private static void AddKnot(List<double> positions, List<double> probabilities, double position, double probability)
        {
            var inLevelStretch = probabilities.Count >= 2 && probabilities[^1] == probability && probabilities[^2] == probability;
            if (inLevelStretch)
            {
                positions[^1] = position;
                return;
            }

            positions.Add(position);
            probabilities.Add(probability);
        }
    }
}
