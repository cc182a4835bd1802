using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>Judged rows in the order of falling risk, with everything that a figure reads of a row.</summary>
internal sealed class SortedRows
{
    /// <summary>Places of the figures in the result of a pass.</summary>
    public const int Auc = 0, Ks = 1, PrAuc = 2, Accuracy = 3, Precision = 4, Recall = 5, F1 = 6, Specificity = 7, Brier = 8, LogLoss = 9, EceBefore = 10, EceAfter = 11, TopDecileLift = 12, Metrics = 13;

    private readonly bool[] _bad, _declined, _endsGroup;
    private readonly double[] _pd, _brier, _logLoss;
    private readonly double[]? _raw;
    private readonly int[] _bin;
    private readonly int[]? _rawBin;
    private readonly double[]? _weights;

    /// <summary>Sorts rows.</summary>
    /// <param name="rows">Rows.</param>
    /// <param name="threshold">PDs above it are declined.</param>
    public SortedRows(EvaluatedRows rows, double threshold)
    {
        var (risk, order) = (Array.ConvertAll(rows.Risk, value => -value), new int[rows.Count]);
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(risk, order);
        Order = order;
        _weights = rows.Weights is { } weights ? Array.ConvertAll(order, row => weights[row]) : null;
        _bad = Array.ConvertAll(order, row => rows.Bad[row]);
        _pd = Array.ConvertAll(order, row => rows.Pd[row]);
        _declined = Array.ConvertAll(_pd, pd => pd > threshold);
        _endsGroup = [.. risk.Select((value, place) => place + 1 == risk.Length || risk[place + 1] != value)];
        _brier = new double[order.Length];
        _logLoss = new double[order.Length];
        for (var place = 0; place < order.Length; place++)
        {
            _brier[place] = ProbabilityLoss.Brier([_pd[place]], [_bad[place]]);
            _logLoss[place] = ProbabilityLoss.LogLoss([_pd[place]], [_bad[place]]);
        }

        _bin = CalibrationError.BinOfRows(_pd);
        _raw = rows.RawPd is { } raw ? Array.ConvertAll(order, row => raw[row]) : null;
        _rawBin = _raw is null ? null : CalibrationError.BinOfRows(_raw);
    }

    /// <summary>Row at each place.</summary>
    public int[] Order { get; }

    /// <summary>Buffers of one thread.</summary>
    public Pass NewPass() => new(this);

    /// <summary>Works out the figures of rows that count so many times, each by its own weight where rows have weights.</summary>
    public sealed class Pass
    {
        private readonly SortedRows _rows;
        private readonly double[] _figures = new double[Metrics];
        private readonly double[] _weight;
        private readonly double[] _gap = new double[CalibrationError.DefaultBins], _rawGap = new double[CalibrationError.DefaultBins];

        internal Pass(SortedRows rows) => (_rows, _weight) = (rows, new double[rows._bad.Length]);

        /// <summary>Figures by place; NaN where one is not defined. The array is overwritten by the next call.</summary>
        /// <param name="times">How often each place counts, same order.</param>
        public double[] Of(int[] times)
        {
            // Sums of whole numbers are exact in doubles, so rows without weights are counted as they always were.
            var (goods, bads) = (0.0, 0.0);
            for (var place = 0; place < times.Length; place++)
            {
                var weight = _weight[place] = _rows._weights is null ? times[place] : times[place] * _rows._weights[place];
                if (_rows._bad[place]) bads += weight;
                else goods += weight;
            }

            Sum(_weight, goods + bads);
            if (bads > 0 && goods > 0) Rank(_weight, goods, bads);
            else _figures[Auc] = _figures[Ks] = _figures[PrAuc] = _figures[TopDecileLift] = double.NaN;
            return _figures;
        }

        private void Sum(double[] weights, double count)
        {
            Array.Clear(_gap);
            Array.Clear(_rawGap);
            var (hits, alarms, misses, rests, brier, loss) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
            for (var place = 0; place < weights.Length; place++)
            {
                var weight = weights[place];
                if (weight == 0) continue;
                var bad = _rows._bad[place];
                if (_rows._declined[place])
                {
                    if (bad) hits += weight;
                    else alarms += weight;
                }
                else if (bad) misses += weight;
                else rests += weight;
                brier += weight * _rows._brier[place];
                loss += weight * _rows._logLoss[place];
                _gap[_rows._bin[place]] += weight * (_rows._pd[place] - (bad ? 1.0 : 0.0));
                if (_rows._raw is { } raw) _rawGap[_rows._rawBin![place]] += weight * (raw[place] - (bad ? 1.0 : 0.0));
            }

            _figures[Accuracy] = Share(hits + rests, hits + alarms + rests + misses);
            _figures[Precision] = Share(hits, hits + alarms);
            _figures[Recall] = Share(hits, hits + misses);
            _figures[F1] = Share(2 * hits, 2 * hits + alarms + misses);
            _figures[Specificity] = Share(rests, rests + alarms);
            (_figures[Brier], _figures[LogLoss]) = (brier / count, loss / count);
            _figures[EceAfter] = ErrorOf(_gap, count);
            _figures[EceBefore] = _rows._raw is null ? double.NaN : ErrorOf(_rawGap, count);
        }

        // One visit per risk group, riskiest first.
        private void Rank(double[] weights, double goods, double bads)
        {
            var (good, bad, goodSoFar, badSoFar) = (0.0, 0.0, 0.0, 0.0);
            var (twiceWon, gap, precision, left, captured) = (0.0, 0.0, 0.0, 0.1 * (goods + bads), 0.0);
            for (var place = 0; place < weights.Length; place++)
            {
                if (_rows._bad[place]) bad += weights[place];
                else good += weights[place];
                if (!_rows._endsGroup[place] || good + bad == 0) continue;
                twiceWon += good * (2 * badSoFar + bad);
                if (left > 0) captured += bad * Math.Min(1.0, left / (good + bad));
                left -= good + bad;
                (goodSoFar, badSoFar) = (goodSoFar + good, badSoFar + bad);
                if (bad > 0) precision += bad * badSoFar / (goodSoFar + badSoFar);
                gap = Math.Max(gap, Math.Abs(badSoFar / bads - goodSoFar / goods));
                (good, bad) = (0, 0);
            }

            (_figures[Auc], _figures[Ks], _figures[PrAuc], _figures[TopDecileLift]) = (twiceWon / (2.0 * goods * bads), gap, precision / bads, captured / bads / 0.1);
        }

        private static double Share(double part, double whole) => whole == 0.0 ? double.NaN : part / whole;

        private static double ErrorOf(double[] gaps, double count)
        {
            var sum = 0.0;
            foreach (var gap in gaps) sum += Math.Abs(gap);
            return sum / count;
        }
    }
}
