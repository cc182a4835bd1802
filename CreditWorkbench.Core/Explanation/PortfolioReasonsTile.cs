using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scoring;

namespace CreditWorkbench.Core.Explanation;

/// <summary>One thread's way through blocks of rows with <see cref="PortfolioReasons"/>.</summary>
public sealed class PortfolioReasonsTile
{
    /// <summary>Rows of a block at most.</summary>
    public const int MaxRows = TileExplainer.MaxRows;

    private readonly PortfolioReasons _reasons;
    private readonly Side _features;
    private readonly Side? _families;
    private bool _additive;

    internal PortfolioReasonsTile(PortfolioReasons reasons, PortfolioExplainer features, PortfolioExplainer? families)
    {
        var columns = reasons.Model.Columns.Count;
        (_reasons, _features) = (reasons, new Side(features, columns));
        if (families is not null) _families = new Side(families, reasons.Finder.Families.Count);
    }

    /// <summary>Takes up the rows of a block, scores and explains them.</summary>
    /// <param name="rows">Shape [rows x the model's columns], at most <see cref="MaxRows"/> rows.</param>
    public void Take(FeatureMatrix rows) => _additive = _features.Explain(rows) & (_families?.Explain(rows) ?? true);

    /// <summary>Takes up the rows of a block and scores them; nothing is explained.</summary>
    /// <param name="rows">Shape [rows x the model's columns], at most <see cref="MaxRows"/> rows.</param>
    public void TakeScores(FeatureMatrix rows)
    {
        _reasons.Model.Predictor.TileQuantities(rows, 0, _features.Tile.Quantities.AsSpan(0, rows.Rows));
        _additive = false;
    }

    /// <summary>The score of a row of the block, with the bits that the one-row path gives.</summary>
    public Score Score(int row) => _reasons.Model.OfQuantity(_features.Tile.Quantities[row]);

    /// <summary>The reasons of a row of the block against the reason background, the most adverse first.</summary>
    /// <param name="row">Row of the block.</param>
    /// <param name="values">Its values.</param>
    /// <param name="to">Receives at most four.</param>
    /// <param name="count">How many.</param>
    /// <returns>False where the values do not add up, or so little separates two answers that float32 cannot tell: then ask the one-row path.</returns>
    public bool TryReasons(int row, FeatureValues values, Span<ReasonPoints> to, out int count)
    {
        count = 0;
        if (!_additive) return false;
        var perMargin = _reasons.Model.PointsPerMargin(_features.Base, _features.Margins[row]);
        var features = _features.Of(row);
        var families = _families is null ? features : _families.Of(row);
        return _reasons.Finder.TryFromGap(features, families, perMargin, values, to, out count);
    }

    // One of the two tables, with what it gave for the block.
    private sealed class Side(PortfolioExplainer portfolio, int width)
    {
        private readonly float[] _contributions = new float[width * MaxRows];

        public TileExplainer Tile { get; } = portfolio.NewTile();

        public double[] Margins { get; } = new double[MaxRows];

        public double Base => portfolio.BaseMargin;

        public bool Explain(FeatureMatrix rows)
        {
            var contributions = _contributions.AsSpan(0, width * rows.Rows);
            var margins = Margins.AsSpan(0, rows.Rows);
            return Tile.Explain(rows, 0, contributions, margins) is null && PortfolioExplainer.Check(0, Base, contributions, margins) is null;
        }

        public ReadOnlySpan<float> Of(int row) => _contributions.AsSpan(row * width, width);
    }
}
