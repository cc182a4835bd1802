using System.Globalization;

namespace CreditWorkbench.Core.Leakage;

/// <summary>Recognises row numbers, identities and dates that lie after the decision.</summary>
public static class IdentityCheck
{
    private const int FewestRows = 100;

    // None where so many are expected happens by chance once in 20,000 columns.
    private const double ExpectedRepeats = 10.0;

    /// <summary>Whether a numeric column is an identity: whole numbers, a different one in (nearly) every row, and either named like
    /// one, or packed as densely as numbers that are handed out, or rising with the rows, or never repeated where chance would repeat some.</summary>
    /// <param name="column">Name.</param>
    /// <param name="values">Shape [n], in file order; NaN where missing.</param>
    /// <remarks>Amounts may be distinct in every row too, but they are neither dense nor in order.</remarks>
    public static LeakageFinding? OfNumbers(string column, ReadOnlySpan<double> values)
    {
        var known = new List<double>(values.Length);
        foreach (var value in values)
        {
            if (!double.IsFinite(value)) continue;
            if (value != Math.Floor(value)) return null;
            known.Add(value);
        }

        if (known.Count < FewestRows || known.Count < 0.95 * values.Length) return null;
        double[] sorted = [.. known.Order()];
        var distinct = 1 + sorted.Skip(1).Where((value, i) => value != sorted[i]).Count();
        if (distinct < 0.99 * sorted.Length) return null;
        var rising = known.Skip(1).Where((value, i) => value > known[i]).Count();
        var dense = sorted[^1] - sorted[0] + 1 <= 2.0 * sorted.Length;
        if (!dense && !NamesIdentity(column) && rising < 0.99 * known.Count && !NeverRepeats(sorted, distinct)) return null;
        var evidence = string.Create(CultureInfo.InvariantCulture, $"{distinct} distinct whole numbers in {known.Count} rows, from {sorted[0]:R} to {sorted[^1]:R}.");
        return new LeakageFinding(column, LeakageKinds.Identifier, LeakageSeverity.Error, evidence);
    }

    /// <summary>Whether a category is an identity: nearly every row has its own.</summary>
    /// <param name="column">Name.</param>
    /// <param name="categories">Index per row; NaN where missing.</param>
    public static LeakageFinding? OfCategories(string column, ReadOnlySpan<double> categories)
    {
        var (distinct, known) = (new HashSet<double>(), 0);
        foreach (var category in categories)
        {
            if (double.IsNaN(category)) continue;
            distinct.Add(category);
            known++;
        }

        if (known < FewestRows || distinct.Count < 0.9 * known) return null;
        var evidence = string.Create(CultureInfo.InvariantCulture, $"{distinct.Count} distinct values in {known} rows.");
        return new LeakageFinding(column, LeakageKinds.Identifier, LeakageSeverity.Error, evidence);
    }

    /// <summary>Whether dates of a column lie after the day on which the row was decided, in more than one row of a hundred.</summary>
    /// <param name="column">Name.</param>
    /// <param name="dates">Day numbers per row; NaN where missing.</param>
    /// <param name="decided">Day number of the decision per row, same order; NaN where unknown.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static LeakageFinding? OfDates(string column, ReadOnlySpan<double> dates, ReadOnlySpan<double> decided)
    {
        if (dates.Length != decided.Length) throw new ArgumentException("One date and one decision day per row.", nameof(decided));
        var (known, later) = (0, 0);
        for (var i = 0; i < dates.Length; i++)
        {
            if (!double.IsFinite(dates[i]) || !double.IsFinite(decided[i])) continue;
            known++;
            if (dates[i] > decided[i]) later++;
        }

        if (later == 0 || later <= 0.01 * known) return null;
        return new LeakageFinding(column, LeakageKinds.PostOutcomeDate, LeakageSeverity.Error, $"{later} of {known} dates lie after the day of the row.");
    }

    // Numbers drawn with repeats from n values in a range of w show at least n^2 / 2w pairs of equals on average, whatever their distribution.
    private static bool NeverRepeats(double[] sorted, int distinct) =>
        distinct == sorted.Length && sorted.Length / 2.0 * sorted.Length / (sorted[^1] - sorted[0] + 1) >= ExpectedRepeats;

    private static bool NamesIdentity(string column) => Words(column).Any(word => word is "id" or "no" or "nr" or "number" or "key" or "uuid" or "guid" or "index" or "row" or "rownum");

    // "customerId", "CUSTOMER_ID" and "customer id" are the words customer, id.
    private static IEnumerable<string> Words(string column)
    {
        var start = 0;
        for (var i = 1; i <= column.Length; i++)
        {
            var ends = i == column.Length || !char.IsLetterOrDigit(column[i]) || (char.IsUpper(column[i]) && char.IsLower(column[i - 1]));
            if (!ends) continue;
            yield return column[start..i].Trim('_', ' ', '.', '-').ToLowerInvariant();
            start = i;
        }
    }
}
