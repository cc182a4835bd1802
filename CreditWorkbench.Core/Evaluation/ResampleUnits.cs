using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.Evaluation;

/// <summary>What a bootstrap draws: rows, or applicants with all their rows.</summary>
internal sealed class ResampleUnits
{
    // Rows of unit u: _rows[_starts[u] .. _starts[u + 1]]; null where each row is its own unit.
    private readonly int[]? _starts;
    private readonly int[]? _rows;

    private ResampleUnits(int rows, int[]? starts, int[]? members) => (Rows, _starts, _rows) = (rows, starts, members);

    /// <summary>Rows.</summary>
    public int Rows { get; }

    /// <summary>Whether applicants are drawn.</summary>
    public bool AreClusters => _starts is not null;

    /// <summary>Units of rows that stand in another order.</summary>
    /// <param name="applicants">Applicant per row; null, or unknown in a row, where the row stands for itself.</param>
    /// <param name="order">Row at each place.</param>
    public static ResampleUnits Of(CodedColumn? applicants, int[] order)
    {
        if (applicants is null) return new ResampleUnits(order.Length, null, null);
        var (unit, units, known) = (new int[order.Length], 0, new Dictionary<int, int>());
        for (var place = 0; place < order.Length; place++)
        {
            var code = applicants.Codes[order[place]];
            if (code >= 0 && known.TryGetValue(code, out var earlier)) unit[place] = earlier;
            else
            {
                if (code >= 0) known.Add(code, units);
                unit[place] = units++;
            }
        }

        if (units == order.Length) return new ResampleUnits(order.Length, null, null);
        var starts = new int[units + 1];
        foreach (var of in unit) starts[of + 1]++;
        for (var u = 0; u < units; u++) starts[u + 1] += starts[u];
        var (next, members) = (starts[..units], new int[order.Length]);
        for (var place = 0; place < unit.Length; place++) members[next[unit[place]]++] = place;
        return new ResampleUnits(order.Length, starts, members);
    }

    /// <summary>Draws as many units as there are, with repeats.</summary>
    /// <param name="draws">The replicate's stream.</param>
    /// <param name="weights">How often each place was drawn; overwritten.</param>
    public void Draw(ref SeededDraws draws, int[] weights)
    {
        Array.Clear(weights);
        if (_starts is null)
        {
            for (var i = 0; i < weights.Length; i++) weights[draws.NextBelow(weights.Length)]++;
            return;
        }

        var units = _starts.Length - 1;
        for (var i = 0; i < units; i++)
        {
            var unit = draws.NextBelow(units);
            for (var member = _starts[unit]; member < _starts[unit + 1]; member++) weights[_rows![member]]++;
        }
    }
}
