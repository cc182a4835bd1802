namespace CreditWorkbench.Core.Training;

/// <summary>How strongly a refitted regression holds on to what it knew.</summary>
/// <remarks>Near its minimum the loss of m old rows is a parabola in each coefficient, of curvature m p (1 - p) x^2 (the Fisher information of a
/// logistic regression, other inputs held). A ridge of that strength around the old coefficient stands for those rows, so the strength is said
/// in rows: with as many new rows both count about the same. Laplace's approximation of the old rows' likelihood, its correlations left out.</remarks>
public static class RefitAnchor
{
    /// <summary>Rows that the old coefficients stand for where nothing is said.</summary>
    public const double Rows = 500;

    /// <summary>Pull towards the old coefficients, in units of mean loss.</summary>
    /// <param name="rows">Rows that the old coefficients stand for, at least 0.</param>
    /// <param name="squares">Mean square of each input over rows.</param>
    /// <param name="bad">Outcomes of the new rows.</param>
    /// <param name="weights">Their weights, or null.</param>
    internal static double[] Pull(double rows, double[] squares, byte[] bad, double[]? weights)
    {
        if (!(rows >= 0.0 && double.IsFinite(rows))) throw new ArgumentOutOfRangeException(nameof(rows), rows, "The anchor stands for at least 0 rows.");
        var (bads, total) = (0.0, 0.0);
        for (var row = 0; row < bad.Length; row++)
        {
            bads += (weights?[row] ?? 1.0) * bad[row];
            total += weights?[row] ?? 1.0;
        }

        var rate = bads / total;
        return Array.ConvertAll(squares, square => rows * rate * (1.0 - rate) * square / total);
    }
}
