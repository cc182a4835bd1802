using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.Training;

/// <summary>A partition of pre-bins into bins.</summary>
/// <param name="Ends">Index after the last pre-bin of each bin; rising, the last being the number of pre-bins.</param>
/// <param name="Gain">Information value of the bins less the penalty of each.</param>
public sealed record BinPartition(IReadOnlyList<int> Ends, double Gain);

/// <summary>Finds the best partition of ordered pre-bins into bins, exactly, by dynamic programming over the last bin.</summary>
/// <remarks>A state is (number of bins, phase of the trend, first and end of the last bin); a bin may follow another when its risk, told by
/// the smoothed weight of evidence, moves as the trend says. O(bins x pre-bins^2 x log pre-bins).</remarks>
public sealed class WoeBinning
{
    private const int Rising = 0;
    private const int Falling = 1;
    private readonly int _n;
    private readonly Evidence[] _upTo;
    private readonly Evidence _all;
    private readonly BinLimits _limits;
    private readonly RiskTrend _trend;
    private readonly double[] _risk;
    private readonly double[] _value;
    private readonly bool[] _admitted;
    private readonly int[][] _byRisk;

    private WoeBinning(ReadOnlySpan<Evidence> preBins, Evidence all, BinLimits limits, RiskTrend trend)
    {
        (_n, _all, _limits, _trend) = (preBins.Length, all, limits, trend);
        _upTo = new Evidence[_n + 1];
        for (var i = 0; i < _n; i++) _upTo[i + 1] = _upTo[i] + preBins[i];
        _risk = new double[(_n + 1) * (_n + 1)];
        _value = new double[_risk.Length];
        _admitted = new bool[_risk.Length];
        _byRisk = new int[_n + 1][];
        Tabulate();
    }

    /// <summary>The best partition.</summary>
    /// <param name="preBins">Evidence of each pre-bin, in order; at least one.</param>
    /// <param name="all">All rows that weights of evidence compare with; both classes present.</param>
    /// <param name="limits">Number and size of bins. One bin of everything is always admitted.</param>
    /// <param name="trend">How risk may move from bin to bin, equal risk being allowed; a peak or valley may lie at an end.</param>
    /// <returns>The partition with the greatest gain; of equal ones the one with the fewest bins.</returns>
    public static BinPartition Best(ReadOnlySpan<Evidence> preBins, Evidence all, BinLimits limits, RiskTrend trend)
    {
        ArgumentOutOfRangeException.ThrowIfZero(preBins.Length, nameof(preBins));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.MaxBins, 1, nameof(limits));
        return new WoeBinning(preBins, all, limits, trend).Search();
    }

    /// <summary>Risk, signed so that every trend begins by rising, and gain of each bin; bins by risk for each end.</summary>
    private void Tabulate()
    {
        // Descending is ascending, and a valley a peak, of the opposite risk.
        var sign = _trend is RiskTrend.Descending or RiskTrend.Valley ? 1.0 : -1.0;
        for (var end = 1; end <= _n; end++)
        {
            for (var first = 0; first < end; first++)
            {
                var bin = _upTo[end] - _upTo[first];
                _risk[At(first, end)] = sign * bin.Woe(_all);
                _value[At(first, end)] = bin.Information(_all) - _limits.Penalty;
                _admitted[At(first, end)] = _limits.Admits(bin) || (first == 0 && end == _n);
            }

            _byRisk[end] = [.. Enumerable.Range(0, end).Where(first => _admitted[At(first, end)]).OrderBy(first => _risk[At(first, end)])];
        }
    }

    private BinPartition Search()
    {
        var most = Math.Min(_limits.MaxBins, _n);
        var layers = new Layer[most];
        layers[0] = new Layer(_n + 1);
        for (var end = 1; end <= _n; end++)
        {
            // The first bin begins at the first pre-bin; whether it also ends the rise of a peak is open.
            if (_admitted[At(0, end)]) layers[0].Set(Rising, At(0, end), _value[At(0, end)], -1);
        }

        for (var k = 1; k < most; k++) layers[k] = Extend(layers[k - 1]);
        return Trace(layers);
    }

    /// <summary>All partitions with one bin more.</summary>
    private Layer Extend(Layer layer)
    {
        var next = new Layer(_n + 1);
        for (var middle = 1; middle < _n; middle++)
        {
            var order = _byRisk[middle];
            if (order.Length == 0) continue;
            var rising = Champions(layer, Rising, middle, fromAbove: false);
            var fallen = Champions(layer, Rising, middle, fromAbove: true);
            var falling = Champions(layer, Falling, middle, fromAbove: true);
            for (var end = middle + 1; end <= _n; end++)
            {
                var bin = At(middle, end);
                if (!_admitted[bin]) continue;
                var below = CountBelow(middle, _risk[bin], inclusive: true);
                var above = CountBelow(middle, _risk[bin], inclusive: false);
                if (_trend == RiskTrend.None)
                {
                    Offer(layer, next, Rising, Rising, rising[^1], middle, bin);
                    continue;
                }

                if (below > 0) Offer(layer, next, Rising, Rising, rising[below - 1], middle, bin);
                if (_trend is not (RiskTrend.Peak or RiskTrend.Valley) || above == order.Length) continue;
                Offer(layer, next, Rising, Falling, fallen[above], middle, bin);
                Offer(layer, next, Falling, Falling, falling[above], middle, bin);
            }
        }

        return next;
    }

    /// <summary>For each place in the order by risk, the best last bin up to it, or from it on; -1 where there is none.</summary>
    private int[] Champions(Layer layer, int phase, int end, bool fromAbove)
    {
        var order = _byRisk[end];
        var champions = new int[order.Length];
        var best = -1;
        for (var step = 0; step < order.Length; step++)
        {
            var place = fromAbove ? order.Length - 1 - step : step;
            var first = order[place];
            if (layer.Gain(phase, At(first, end)) > (best < 0 ? double.NegativeInfinity : layer.Gain(phase, At(best, end)))) best = first;
            champions[place] = best;
        }

        return champions;
    }

    private void Offer(Layer layer, Layer next, int from, int to, int first, int middle, int bin)
    {
        if (first < 0) return;
        var gain = layer.Gain(from, At(first, middle)) + _value[bin];
        if (gain > next.Gain(to, bin)) next.Set(to, bin, gain, first * 2 + from);
    }

    /// <summary>Number of bins with this end whose risk is below a given one, or at it too.</summary>
    private int CountBelow(int end, double risk, bool inclusive)
    {
        var order = _byRisk[end];
        var (low, high) = (0, order.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var other = _risk[At(order[middle], end)];
            if (other < risk || (inclusive && other == risk)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private BinPartition Trace(Layer[] layers)
    {
        var (bestLayer, bestPhase, bestFirst, gain) = (-1, 0, 0, double.NegativeInfinity);
        for (var k = 0; k < layers.Length; k++)
        {
            for (var phase = Rising; phase <= Falling; phase++)
            {
                for (var first = 0; first < _n; first++)
                {
                    if (!(layers[k].Gain(phase, At(first, _n)) > gain)) continue;
                    (bestLayer, bestPhase, bestFirst, gain) = (k, phase, first, layers[k].Gain(phase, At(first, _n)));
                }
            }
        }

        var ends = new List<int>();
        for (var (k, phase, first, end) = (bestLayer, bestPhase, bestFirst, _n); k >= 0; k--)
        {
            ends.Add(end);
            var before = layers[k].Before(phase, At(first, end));
            (end, first, phase) = (first, before >> 1, before & 1);
        }

        ends.Reverse();
        return new BinPartition(ends, gain);
    }

    private int At(int first, int end) => first * (_n + 1) + end;

    /// <summary>Best gain for each last bin and phase, and the bin before it.</summary>
    private sealed class Layer
    {
        private readonly double[] _gain;
        private readonly int[] _before;
        private readonly int _cells;

        public Layer(int side)
        {
            _cells = side * side;
            _gain = new double[2 * _cells];
            _before = new int[2 * _cells];
            Array.Fill(_gain, double.NegativeInfinity);
        }

        public double Gain(int phase, int cell) => _gain[phase * _cells + cell];

        /// <summary>Twice the first pre-bin of the bin before, and its phase.</summary>
        public int Before(int phase, int cell) => _before[phase * _cells + cell];

        public void Set(int phase, int cell, double gain, int before) => (_gain[phase * _cells + cell], _before[phase * _cells + cell]) = (gain, before);
    }
}
