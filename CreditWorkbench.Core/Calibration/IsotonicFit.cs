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
/// <remarks>Pool adjacent violators (Ayer et al., 1955; Best and Chakravarti, 1990): the sort of <see cref="RowOrder"/>, O(n) after it.</remarks>
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
        CalibrationRows.DemandWeights(weights, positions.Length);
        if (CalibrationRows.Fault(positions, bad) is { } fault) return fault;
        var blocks = new Blocks(positions.Length);
        AddTies(blocks, positions, bad, weights, trend);
        return blocks.ToCalibrator(trend, 1.0 / (2.0 * positions.Length));
    }

    /// <summary>Feeds the blocks rows in rising order, equal positions as one, summed by row number. Falling fits learn the good
    /// outcome, which rises.</summary>
    private static void AddTies(Blocks blocks, ReadOnlySpan<double> positions, ReadOnlySpan<bool> bad, ReadOnlySpan<double> weights, Trend trend)
    {
        var sorted = RowOrder.Rising(positions);
        for (var i = 0; i < sorted.Length;)
        {
            var position = sorted[i].Value;
            var (hits, total) = (0.0, 0.0);
            do
            {
                var weight = weights.IsEmpty ? 1.0 : weights[sorted[i].Row];
                total += weight;
                hits += bad[sorted[i].Row] == (trend == Trend.Rising) ? weight : 0.0;
            }
            while (++i < sorted.Length && sorted[i].Value == position);
            blocks.Add(position, hits, total);
        }
    }

    /// <summary>Pooled blocks, rising in their means. The newest block stays open: it takes positions in as long as their mean is not
    /// above its own, and is compared with those before it only when it closes.</summary>
    private sealed class Blocks(int capacity)
    {
        private Block[] _closed = new Block[Math.Min(capacity, 64)];
        private Block _open;
        private int _count;

        public void Add(double position, double hits, double total)
        {
            if (_open.Total > 0.0 && _open.Hits * total < hits * _open.Total)
            {
                Close();
                _open = default;
            }

            _open = new Block(_open.Total > 0.0 ? _open.First : position, position, _open.Hits + hits, _open.Total + total);
        }

        /// <summary>A block joins the one before while that one's mean is not below its own.</summary>
        private void Close()
        {
            while (_count > 0 && _closed[_count - 1].Hits * _open.Total >= _open.Hits * _closed[_count - 1].Total)
            {
                var before = _closed[--_count];
                _open = new Block(before.First, _open.Last, _open.Hits + before.Hits, _open.Total + before.Total);
            }

            if (_count == _closed.Length) Array.Resize(ref _closed, 2 * _count);
            _closed[_count++] = _open;
        }

        public IsotonicCalibrator ToCalibrator(Trend trend, double edge)
        {
            Close();
            var (positions, probabilities) = (new List<double>(), new List<double>());
            foreach (var block in _closed.AsSpan(0, _count))
            {
                var share = Math.Clamp(block.Hits / block.Total, edge, 1.0 - edge);
                AddKnot(positions, probabilities, block.First, trend == Trend.Rising ? share : 1.0 - share);
                if (block.Last > block.First) AddKnot(positions, probabilities, block.Last, trend == Trend.Rising ? share : 1.0 - share);
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

        /// <summary>Positions that share one mean.</summary>
        private readonly record struct Block(double First, double Last, double Hits, double Total);
    }
}
