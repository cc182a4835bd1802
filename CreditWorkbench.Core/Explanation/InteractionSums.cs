namespace CreditWorkbench.Core.Explanation;

/// <summary>Sums of matrices over tiles that threads finish in any order, added in the order of the tiles.</summary>
/// <param name="size">Values of a matrix.</param>
internal sealed class InteractionSums(int size)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<int, (double[] Absolute, double[] Signed)> _waiting = [];
    private int _next;

    /// <summary>Sums of magnitudes, shape [size].</summary>
    public double[] Absolute { get; } = new double[size];

    /// <summary>Sums with sign, shape [size].</summary>
    public double[] Signed { get; } = new double[size];

    /// <summary>Adds the matrices of a tile; each tile from 0 on comes once.</summary>
    public void Add(int tile, ReadOnlySpan<float> values)
    {
        var (absolute, signed) = (new double[size], new double[size]);
        for (var start = 0; start < values.Length; start += size)
        {
            var matrix = values.Slice(start, size);
            for (var i = 0; i < size; i++)
            {
                signed[i] += matrix[i];
                absolute[i] += Math.Abs(matrix[i]);
            }
        }

        lock (_gate)
        {
            _waiting.Add(tile, (absolute, signed));
            while (_waiting.Remove(_next, out var sums))
            {
                for (var i = 0; i < size; i++)
                {
                    Absolute[i] += sums.Absolute[i];
                    Signed[i] += sums.Signed[i];
                }

                _next++;
            }
        }
    }
}
