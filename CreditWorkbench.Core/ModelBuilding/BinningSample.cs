using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>One column's rows parted into those that bins are set on and those that came later.</summary>
internal sealed class BinningSample
{
    private const int MostSteps = 200;
    private readonly FeatureMatrix _early;
    private readonly FeatureMatrix? _late;
    private readonly byte[] _earlyBad;
    private readonly byte[] _lateBad;
    private readonly double[]? _earlyWeights;

    /// <summary>Parts a column.</summary>
    /// <param name="open">The data set.</param>
    /// <param name="column">Index of the column.</param>
    /// <param name="from">Rows from this day on came later; null for none.</param>
    public BinningSample(OpenDataset open, int column, DateOnly? from)
    {
        var (features, times) = (open.Dataset.Features, open.Dataset.Times);
        var isLate = from is { } day && times is not null ? Array.ConvertAll(times, time => time >= day) : new bool[features.Rows];
        (_early, _earlyBad) = Part(features, open.Dataset, column, isLate, late: false);
        if (Array.IndexOf(isLate, true) >= 0) (_late, _lateBad) = Part(features, open.Dataset, column, isLate, late: true);
        else _lateBad = [];
        _earlyWeights = open.Dataset.Weights is null ? null : RowWeights.Of(open.Dataset, [.. Enumerable.Range(0, isLate.Length).Where(row => !isLate[row])]);
        From = _late is null ? null : from;
    }

    /// <summary>First day of what came later; null without.</summary>
    public DateOnly? From { get; }

    /// <summary>The column.</summary>
    public FeatureColumn Column => _early.Columns[0];

    /// <summary>Bins by a state: those of the trainer, to the bit.</summary>
    public ScorecardCharacteristic Bin(BinningState state)
    {
        var tally = new ColumnTally(_early, 0, _earlyBad, _earlyWeights);
        return CharacteristicBinner.Bin(Column, tally, All(), blankNeverHelps: false, SettingsOf(state));
    }

    /// <summary>What the trainer is told.</summary>
    public ScorecardSettings SettingsOf(BinningState state)
    {
        var settings = new ScorecardSettings();
        if (state.Edges is { } edges && !Column.IsCategory) return settings with { Edits = BinEdits.None with { Edges = new Dictionary<string, IReadOnlyList<float>> { [Column.Name] = edges } } };
        if (state.Groups is { } groups && Column.IsCategory) return settings with { Edits = BinEdits.None with { Groups = new Dictionary<string, IReadOnlyList<IReadOnlyList<string>>> { [Column.Name] = groups } } };
        return TrendOf(state.Trend) is { } trend ? settings with { Trends = new Dictionary<string, RiskTrend> { [Column.Name] = trend } } : settings;
    }

    /// <summary>Figures of the bins: regular ones, missing, codes; those without a row in either part are left out, regular ones stay.</summary>
    public IReadOnlyList<BinFigures> Figures(ScorecardCharacteristic bins)
    {
        var (rows, bad) = Count(bins, _early, _earlyBad);
        var (laterRows, laterBad) = _late is { } late ? Count(bins, late, _lateBad) : (new int[rows.Length], new int[rows.Length]);
        var total = All();
        var figures = new List<BinFigures>();
        for (var bin = 0; bin < bins.RegularBins + 1 + bins.SpecialCodes; bin++)
        {
            var regular = bin < bins.RegularBins;
            if (!regular && rows[bin] + laterRows[bin] == 0) continue;
            var (low, high) = rows[bin] == 0 ? (double.NaN, double.NaN) : BetaDistribution.Wilson((double)bad[bin] / rows[bin], rows[bin]);
            var line = bins.Bins[bin];
            var information = line.Woe == 0.0 ? 0.0 : ((line.Goods + Evidence.Smoothing) / total.Goods - (line.Bads + Evidence.Smoothing) / total.Bads) * line.Woe;
            figures.Add(new BinFigures(
                regular ? BinKind.Regular : bin == bins.RegularBins ? BinKind.Missing : BinKind.Special, Lower(bins, bin), Upper(bins, bin), Categories(bins, bin), rows[bin], bad[bin],
                rows[bin] == 0 ? double.NaN : (double)bad[bin] / rows[bin], low, high, line.Woe, information, laterRows[bin], laterBad[bin]));
        }

        return figures;
    }

    /// <summary>Edges that a drag can take, at about equal steps of rows, with the share of rows at or below each.</summary>
    public (float[] Edges, double[] Shares) Ladder()
    {
        if (Column.IsCategory) return ([], []);
        var values = new ColumnTally(_early, 0, _earlyBad, null).RegularValues();
        if (values.Length == 0) return ([], []);
        Array.Sort(values);
        var edges = new List<float>();
        for (var step = 1; step < MostSteps; step++)
        {
            var value = values[(int)((long)values.Length * step / MostSteps)];
            if (value < values[^1] && (edges.Count == 0 || value > edges[^1])) edges.Add(value);
        }

        return ([.. edges], [.. edges.Select(edge => (double)AtMost(values, edge) / values.Length)]);
    }

    // Counts and rates are of rows; evidence is of their weights, as in training.
    private Evidence All()
    {
        var all = default(Evidence);
        for (var row = 0; row < _earlyBad.Length; row++)
        {
            var weight = _earlyWeights?[row] ?? 1.0;
            all += _earlyBad[row] == 0 ? new Evidence(weight, 0.0) : new Evidence(0.0, weight);
        }

        return all;
    }

    private static int AtMost(float[] sorted, float value)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] <= value) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static (FeatureMatrix Features, byte[] Bad) Part(FeatureMatrix features, Datasets.LabelledDataset dataset, int column, bool[] isLate, bool late)
    {
        var (cells, bad) = (new List<float>(), new List<byte>());
        var source = features.Column(column);
        var last = dataset.ClassCounts.Count - 1;
        for (var row = 0; row < isLate.Length; row++)
        {
            if (isLate[row] != late) continue;
            cells.Add(source[row]);
            bad.Add(dataset.Outcomes[row] == last ? (byte)1 : (byte)0);
        }

        return (new FeatureMatrix([features.Columns[column]], cells.Count, [.. cells]), [.. bad]);
    }

    private static (int[] Rows, int[] Bad) Count(ScorecardCharacteristic bins, FeatureMatrix features, byte[] bad)
    {
        var (rows, bads) = (new int[bins.Bins.Length], new int[bins.Bins.Length]);
        var cells = features.Column(0);
        for (var row = 0; row < cells.Length; row++)
        {
            var bin = bins.BinOf(cells[row]);
            rows[bin]++;
            bads[bin] += bad[row];
        }

        return (rows, bads);
    }

    private static float? Lower(ScorecardCharacteristic bins, int bin) => bins.IsCategory || bin == 0 || bin >= bins.RegularBins ? null : bins.Edges[bin - 1];

    private static float? Upper(ScorecardCharacteristic bins, int bin) => bins.IsCategory || bin >= bins.RegularBins - 1 ? null : bins.Edges[bin];

    private IReadOnlyList<string> Categories(ScorecardCharacteristic bins, int bin)
    {
        if (bin > bins.RegularBins) return [Column.SpecialCodes[bin - bins.RegularBins - 1]];
        return !bins.IsCategory || bin == bins.RegularBins ? [] : [.. Column.Categories.Where((_, category) => bins.CategoryBins[category] == bin)];
    }

    private static RiskTrend? TrendOf(BinTrend trend) => trend switch
    {
        BinTrend.Ascending => RiskTrend.Ascending,
        BinTrend.Descending => RiskTrend.Descending,
        BinTrend.Peak => RiskTrend.Peak,
        BinTrend.Valley => RiskTrend.Valley,
        BinTrend.Free => RiskTrend.None,
        _ => null,
    };
}
