using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Quality;

/// <summary>How one column moved between two sets of rows.</summary>
/// <param name="Name">Name of the input.</param>
/// <param name="Stability">Population stability index over tenths of the reference, categories, missing and each code, with its null limit.</param>
/// <param name="ReferenceMissing">Share of missing values in the reference.</param>
/// <param name="Missing">Share of missing values now.</param>
public sealed record ColumnDrift(string Name, PopulationStability Stability, double ReferenceMissing, double Missing);

/// <summary>Compares rows with those of an earlier time.</summary>
public static class QualityDrift
{
    /// <summary>Index from which on a shift that is no chance is worth a warning.</summary>
    public const double WorthAWarning = 0.10;

    private const int Bins = 10;

    /// <summary>Drift per column. O(inputs x n log n).</summary>
    /// <param name="definition">Dictionary of both sets.</param>
    /// <param name="reference">Earlier rows, at least one.</param>
    /// <param name="records">Rows.</param>
    /// <returns>In the dictionary's order; texts and dates are left out.</returns>
    public static IReadOnlyList<ColumnDrift> Of(ScorecardDefinition definition, IReadOnlyList<InputRecord> reference, IReadOnlyList<InputRecord> records) =>
        [.. definition.Inputs.Index().Where(input => input.Item.Type is not (InputType.Text or InputType.Date or InputType.DateTime)).Select(input => Column(input.Item, input.Index, reference, records))];

    /// <summary>Warnings of columns that moved beyond chance and by <see cref="WorthAWarning"/> or more.</summary>
    public static IEnumerable<QualityFinding> Findings(IEnumerable<ColumnDrift> drift) => drift
        .Where(column => column.Stability is { Verdict: StabilityVerdict.Shifted, Value: >= WorthAWarning })
        .Select(column => new QualityFinding(column.Name, "drift", QualitySeverity.Warning, string.Create(CultureInfo.InvariantCulture,
            $"The later rows are spread otherwise: stability index {column.Stability.Value:0.000}, where chance alone stays below {column.Stability.NullLimit:0.000}.")));

    private static ColumnDrift Column(InputDefinition input, int index, IReadOnlyList<InputRecord> reference, IReadOnlyList<InputRecord> records)
    {
        var edges = input.Type == InputType.Category ? [.. Enumerable.Range(1, Math.Max(0, input.Values.Count - 1)).Select(code => (double)code)] : Edges(index, reference);
        var cells = edges.Length + 2 + input.Specials.Count;
        var (before, after) = (Count(index, reference, edges, cells), Count(index, records, edges, cells));
        return new ColumnDrift(input.Name, PopulationStability.Of(before, after), Share(before, edges, reference.Count), Share(after, edges, records.Count));
    }

    // Lower borders of the bins above the first.
    private static double[] Edges(int index, IReadOnlyList<InputRecord> reference)
    {
        double[] sorted = [.. reference.Select(record => record.Values[index]).Where(value => value.Kind == InputValueKind.Number).Select(value => value.Number).Order()];
        return sorted.Length == 0 ? [] : [.. Enumerable.Range(1, Bins - 1).Select(bin => Quantiles.OfSorted(sorted, (double)bin / Bins)).Distinct().Where(edge => edge > sorted[0])];
    }

    // Bins, then missing, then each code.
    private static long[] Count(int index, IReadOnlyList<InputRecord> records, double[] edges, int cells)
    {
        var counts = new long[cells];
        foreach (var record in records)
        {
            var value = record.Values[index];
            counts[value.Kind switch
            {
                InputValueKind.Missing => edges.Length + 1,
                InputValueKind.Special => edges.Length + 1 + (int)value.Number,
                _ => Bin(edges, value.Number),
            }]++;
        }

        return counts;
    }

    private static int Bin(double[] edges, double value)
    {
        var found = Array.BinarySearch(edges, value);
        return found >= 0 ? found + 1 : ~found;
    }

    private static double Share(long[] counts, double[] edges, int rows) => rows == 0 ? 0.0 : (double)counts[edges.Length + 1] / rows;
}
