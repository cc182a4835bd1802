namespace CreditWorkbench.Core.Explanation;

/// <summary>Columns joined into players: the columns of a player are present together or absent together.</summary>
internal sealed class Players
{
    private readonly int[] _ofColumn;

    /// <summary>Checks a grouping.</summary>
    /// <param name="ofColumn">Player of each column, shape [columns]; players run from 0 without a hole.</param>
    /// <param name="columns">Columns of the model.</param>
    /// <exception cref="ArgumentException">Another number of columns, or a player without a column.</exception>
    public Players(IReadOnlyList<int> ofColumn, int columns)
    {
        if (ofColumn.Count != columns) throw new ArgumentException($"Expected a player for each of {columns} columns, got {ofColumn.Count}.", nameof(ofColumn));
        _ofColumn = [.. ofColumn];
        Count = _ofColumn.Length == 0 ? 0 : _ofColumn.Max() + 1;
        if (Enumerable.Range(0, Count).Except(_ofColumn).Any() || _ofColumn.Any(player => player < 0)) throw new ArgumentException("Every player has a column, and players are counted from 0.", nameof(ofColumn));
    }

    /// <summary>Number of players.</summary>
    public int Count { get; }

    /// <summary>Whether every column plays for itself.</summary>
    public bool AreColumns => Count == _ofColumn.Length;

    /// <summary>Player of each column.</summary>
    public IReadOnlyList<int> OfColumns => _ofColumn;

    /// <summary>Player of a column.</summary>
    public int Of(int column) => _ofColumn[column];

    /// <summary>Sums values per column into values per player: the players' Shapley values where columns do not interact.</summary>
    /// <param name="perColumn">Shape [columns].</param>
    public double[] Sum(ReadOnlySpan<double> perColumn)
    {
        var sums = new double[Count];
        for (var column = 0; column < perColumn.Length; column++) sums[_ofColumn[column]] += perColumn[column];
        return sums;
    }
}
