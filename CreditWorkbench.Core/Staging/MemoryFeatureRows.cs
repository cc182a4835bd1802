using System.Text;

namespace CreditWorkbench.Core.Staging;

/// <summary>Rows of features that were worked out in memory.</summary>
internal sealed class MemoryFeatureRows : FeatureRows
{
    private readonly StagedFeatures _features;
    private readonly FeatureSetKeys _keys;
    private readonly UsedTexts?[] _texts;
    private int _next;

    public MemoryFeatureRows(StagedFeatures features, FeatureSetKeys keys)
    {
        (_features, _keys) = (features, keys);
        Columns = [.. features.Columns.Select(column => FeatureSetColumn.Of(column.Definition))];
        _texts = [.. features.Columns.Select(column => FeatureSetColumn.Of(column.Definition).IsText ? new UsedTexts(column.Pool!) : null)];
    }

    public override IReadOnlyList<FeatureSetColumn> Columns { get; }

    public override IReadOnlyList<string> Entities => _keys.Entities;

    public override IReadOnlyList<double> AsOf => _keys.AsOf;

    public override int Next(double[][] cells)
    {
        var rows = Math.Min(cells[0].Length, _features.Rows - _next);
        for (var column = 0; column < cells.Length; column++)
        {
            var from = _features.Columns[column].Cells.AsSpan(_next, rows);
            for (var row = 0; row < rows; row++)
                cells[column][row] = _texts[column] is { } texts && !double.IsNaN(from[row]) ? texts.NumberOf((int)from[row]) : Canonical(from[row]);
        }

        _next += rows;
        return rows;
    }

    public override IReadOnlyList<string>? TextsOf(int column) => _texts[column]?.Texts;

    /// <summary>Numbers of the pool depend on which thread came first; these depend on the rows alone.</summary>
    private sealed class UsedTexts
    {
        private readonly TextPool _pool;
        private readonly int[] _numbers;

        public UsedTexts(TextPool pool)
        {
            (_pool, _numbers) = (pool, new int[pool.Count]);
            Array.Fill(_numbers, -1);
        }

        public List<string> Texts { get; } = [];

        public int NumberOf(int pooled)
        {
            if (_numbers[pooled] >= 0) return _numbers[pooled];
            Texts.Add(Encoding.UTF8.GetString(_pool.TextOf(pooled)));
            return _numbers[pooled] = Texts.Count - 1;
        }
    }
}
