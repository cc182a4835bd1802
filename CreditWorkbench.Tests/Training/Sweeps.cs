using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Predictors;
using CreditWorkbench.Core.Training;
using Xunit;

namespace CreditWorkbench.Tests.Training;

/// <summary>Brute-force sweeps of one column over random points of the whole input space.</summary>
internal static class Sweeps
{
    private const int Points = 300;

    /// <summary>Fails where risk falls as a column moves in its declared direction.</summary>
    public static void AssertMonotone(TreeEnsemble ensemble, IReadOnlyList<FeatureColumn> columns, int column, int direction, ulong seed)
    {
        Assert.Contains(column, ensemble.Nodes.Feature);
        Assert.Equal(0, Violations(ensemble, columns, column, direction, seed));
    }

    /// <summary>Counts neighbouring grid values between which risk falls against the direction.</summary>
    public static int Violations(TreeEnsemble ensemble, IReadOnlyList<FeatureColumn> columns, int column, int direction, ulong seed)
    {
        var sign = ensemble.Link.Kind == LinkKind.Ordinal ? -direction : direction;
        var violations = 0;
        foreach (var margins in Curves(ensemble, columns, column, seed).Select(curve => curve.Regular))
        {
            for (var i = 1; i < margins.Length; i++)
            {
                if (sign * margins[i] < sign * margins[i - 1]) violations++;
            }
        }

        return violations;
    }

    /// <summary>Counts points where a missing cell carries less risk than some regular one.</summary>
    public static int BlanksThatHelp(TreeEnsemble ensemble, IReadOnlyList<FeatureColumn> columns, int column, ulong seed)
    {
        var sign = ensemble.Link.Kind == LinkKind.Ordinal ? -1 : 1;
        return Curves(ensemble, columns, column, seed).Count(curve => curve.Regular.Any(margin => sign * margin > sign * curve.Missing));
    }

    private static IEnumerable<(double[] Regular, double Missing)> Curves(TreeEnsemble ensemble, IReadOnlyList<FeatureColumn> columns, int column, ulong seed)
    {
        var cuts = Enumerable.Range(0, columns.Count).Select(c => CutsOf(ensemble, c)).ToArray();
        var grid = columns[column].IsCategory
            ? Enumerable.Range(0, columns[column].Categories.Count + 2).Select(category => (float)category).ToArray()
            : cuts[column].SelectMany(cut => new[] { cut, MathF.BitIncrement(cut) }).Append(-1e30f).Append(1e30f).Where(float.IsFinite).Distinct().Order().ToArray();
        var random = new RandomStream(seed, 31);
        for (var point = 0; point < Points; point++)
        {
            var vector = TrainingRows.Anywhere(random, columns, c => cuts[c].Length == 0 ? 0 : cuts[c][random.NextInt(cuts[c].Length)]);
            var margins = new double[grid.Length];
            for (var i = 0; i < grid.Length; i++)
            {
                vector[column] = grid[i];
                margins[i] = ensemble.Margin(vector);
            }

            vector[column] = CodedNaN.Missing;
            yield return (margins, ensemble.Margin(vector));
        }
    }

    private static float[] CutsOf(TreeEnsemble ensemble, int column) =>
        Enumerable.Range(0, ensemble.Nodes.Count).Where(node => ensemble.Nodes.Feature[node] == column && ensemble.Nodes.CategorySet[node] < 0)
            .Select(node => ensemble.Nodes.Cut[node]).Distinct().ToArray();
}
