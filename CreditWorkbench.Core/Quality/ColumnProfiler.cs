using System.Globalization;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Quality;

/// <summary>Counts and measures one input over all rows.</summary>
internal static class ColumnProfiler
{
    private const int MostValues = 10;
    private const int FewNumbers = 20;
    private const double FarOut = 3.0;

    /// <summary>Profiles one input.</summary>
    /// <param name="input">Its definition.</param>
    /// <param name="index">Its place in the records.</param>
    /// <param name="records">Rows.</param>
    public static ColumnProfile Profile(InputDefinition input, int index, IReadOnlyList<InputRecord> records)
    {
        var (missing, specials) = (0, new int[input.Specials.Count]);
        var numbers = new List<double>(records.Count);
        var texts = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in records)
        {
            var value = record.Values[index];
            if (value.Kind == InputValueKind.Missing) missing++;
            else if (value.Kind == InputValueKind.Special) specials[(int)value.Number - 1]++;
            else if (value.Kind == InputValueKind.Text) texts.Add(value.Text!);
            else numbers.Add(value.Number);
        }

        var sorted = numbers.ToArray();
        Array.Sort(sorted);
        var counts = Runs(sorted);
        var profile = new ColumnProfile
        {
            Name = input.Name,
            Type = char.ToLowerInvariant(input.Type.ToString()[0]) + input.Type.ToString()[1..],
            Missing = missing,
            Specials = [.. input.Specials.Index().Where(special => specials[special.Index] > 0).Select(special => new ValueCount(special.Item.Value, specials[special.Index]))],
            Distinct = counts.Count + texts.Count,
            Values = MostFrequent(input, counts),
        };
        return input.Type is InputType.Category || sorted.Length == 0 ? profile : WithNumbers(profile, sorted);
    }

    private static List<(double Value, int Count)> Runs(double[] sorted)
    {
        var runs = new List<(double Value, int Count)>();
        foreach (var value in sorted)
        {
            if (runs.Count > 0 && runs[^1].Value == value) runs[^1] = (value, runs[^1].Count + 1);
            else runs.Add((value, 1));
        }

        return runs;
    }

    private static IReadOnlyList<ValueCount> MostFrequent(InputDefinition input, List<(double Value, int Count)> counts)
    {
        if (input.Type is not (InputType.Category or InputType.Flag) && counts.Count > FewNumbers) return [];
        return [.. counts.OrderByDescending(entry => entry.Count).ThenBy(entry => entry.Value).Take(MostValues).Select(entry => new ValueCount(Name(input, entry.Value), entry.Count))];
    }

    private static string Name(InputDefinition input, double value) => input.Type == InputType.Category
        ? input.Values[(int)value].Code
        : value.ToString("R", CultureInfo.InvariantCulture);

    private static ColumnProfile WithNumbers(ColumnProfile profile, double[] sorted)
    {
        var sum = 0.0;
        foreach (var value in sorted) sum += value;
        var mean = sum / sorted.Length;
        var squares = 0.0;
        foreach (var value in sorted) squares += (value - mean) * (value - mean);
        var (lower, upper) = (Quantiles.OfSorted(sorted, 0.25), Quantiles.OfSorted(sorted, 0.75));
        var reach = FarOut * (upper - lower);
        return profile with
        {
            Minimum = sorted[0],
            LowerQuartile = lower,
            Median = Quantiles.OfSorted(sorted, 0.5),
            UpperQuartile = upper,
            Maximum = sorted[^1],
            Mean = mean,
            Deviation = Math.Sqrt(squares / sorted.Length),
            Outliers = reach > 0 ? sorted.Count(value => value < lower - reach || value > upper + reach) : 0,
        };
    }
}
