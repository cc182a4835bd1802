namespace CreditWorkbench.Core.Training;

/// <summary>Solves symmetric positive definite systems.</summary>
internal static class Cholesky
{
    /// <summary>Solves A x = b in place.</summary>
    /// <param name="matrix">A, shape [n x n], symmetric; its lower triangle becomes the factor.</param>
    /// <param name="vector">b, shape [n]; becomes x.</param>
    /// <returns>False where A is not positive definite to working precision; the vector is then of no use.</returns>
    public static bool Solve(double[] matrix, double[] vector)
    {
        var n = vector.Length;
        for (var i = 0; i < n; i++)
        {
            var line = matrix.AsSpan(i * n, n);
            for (var j = 0; j <= i; j++)
            {
                var other = matrix.AsSpan(j * n, n);
                var sum = line[j];
                for (var k = 0; k < j; k++) sum -= line[k] * other[k];
                if (i != j) line[j] = sum / other[j];
                else if (sum > 0.0) line[i] = Math.Sqrt(sum);
                else return false;
            }
        }

        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) vector[i] -= matrix[i * n + k] * vector[k];
            vector[i] /= matrix[i * n + i];
        }

        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) vector[i] -= matrix[k * n + i] * vector[k];
            vector[i] /= matrix[i * n + i];
        }

        return true;
    }
}
