using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Staging;

/// <summary>The aggregates themselves, each one pass or two over the rows of a window.</summary>
/// <param name="aggregate">What is worked out.</param>
/// <param name="monthDays">Days of a window month.</param>
internal sealed class AggregateMath(Aggregate aggregate, double monthDays)
{
    // A booking exactly at the as-of instant less a whole number of months belongs to the younger bucket.
    private const double BorderDays = 1e-9;

    /// <summary>The aggregate of a window.</summary>
    public double Of(in RowRange rows) => aggregate.Kind switch
    {
        AggregateKind.Count => aggregate.CountsEmptyAsMissing && rows.Length == 0 ? Operations.Missing : Counted(rows),
        AggregateKind.Share => Share(rows),
        AggregateKind.Distinct => Distinct(rows),
        AggregateKind.Trend => Trend(rows),
        AggregateKind.Active => Active(rows),
        AggregateKind.GapMean or AggregateKind.GapStd or AggregateKind.Regularity => Gaps(rows),
        AggregateKind.MonthsSince => Last(rows) is var last and >= 0 ? (rows.AsOf - rows.Dates[last]) / monthDays : aggregate.Empty,
        AggregateKind.LongestGap => LongestGap(rows),
        AggregateKind.Min or AggregateKind.Max => Extreme(rows, aggregate.Kind == AggregateKind.Max),
        _ => OfValues(rows),
    };

    private static int Counted(in RowRange rows)
    {
        if (rows.Where.IsEmpty) return rows.Length;
        var count = 0;
        foreach (var counts in rows.Where[..rows.Length]) count += counts;
        return count;
    }

    private double OfValues(in RowRange rows)
    {
        var (count, sum) = (0, 0.0);
        for (var row = 0; row < rows.Length; row++)
        {
            var value = rows.Values[row];
            if (double.IsNaN(value) || !rows.Counts(row)) continue;
            count++;
            sum += value;
        }

        if (count == 0) return aggregate.Empty;
        return aggregate.Kind switch
        {
            AggregateKind.Sum => sum,
            AggregateKind.Mean => sum / count,
            _ => count < 2 ? aggregate.Empty : Spread(rows, sum / count, count),
        };
    }

    private double Extreme(in RowRange rows, bool isGreatest)
    {
        var found = double.NaN;
        for (var row = 0; row < rows.Length; row++)
        {
            var value = rows.Values[row];
            if (double.IsNaN(value) || !rows.Counts(row)) continue;
            if (double.IsNaN(found) || (isGreatest ? value > found : value < found)) found = value;
        }

        return double.IsNaN(found) ? aggregate.Empty : found;
    }

    private static double Spread(in RowRange rows, double mean, int count)
    {
        var squares = 0.0;
        for (var row = 0; row < rows.Length; row++)
        {
            var value = rows.Values[row];
            if (!double.IsNaN(value) && rows.Counts(row)) squares += (value - mean) * (value - mean);
        }

        return Math.Sqrt(squares / (count - 1));
    }

    private double Share(in RowRange rows)
    {
        var (both, all) = (0, 0);
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows.Of[row] == 0) continue;
            all++;
            if (rows.Counts(row)) both++;
        }

        return all == 0 ? aggregate.Empty : both / (double)all;
    }

    private double Distinct(in RowRange rows)
    {
        var seen = new HashSet<double>();
        for (var row = 0; row < rows.Length; row++)
        {
            if (!double.IsNaN(rows.Values[row]) && rows.Counts(row)) seen.Add(rows.Values[row]);
        }

        return seen.Count == 0 ? aggregate.Empty : seen.Count;
    }

    private int BucketOf(double days) => (int)Math.Floor((days - BorderDays) / monthDays);

    private double Active(in RowRange rows)
    {
        // Rows come oldest first, so equal buckets are neighbours.
        var (buckets, previous) = (0, -1);
        for (var row = 0; row < rows.Length; row++)
        {
            if (!rows.Counts(row)) continue;
            var bucket = BucketOf(rows.AsOf - rows.Dates[row]);
            if (bucket != previous) buckets++;
            previous = bucket;
        }

        return buckets == 0 ? aggregate.Empty : buckets / (double)aggregate.Months;
    }

    /// <summary>Least-squares slope of the bucket totals over the buckets' numbers, oldest first.</summary>
    private double Trend(in RowRange rows)
    {
        Span<double> totals = aggregate.Months <= 64 ? stackalloc double[aggregate.Months] : new double[aggregate.Months];
        totals.Clear();
        var found = false;
        for (var row = 0; row < rows.Length; row++)
        {
            if (double.IsNaN(rows.Values[row]) || !rows.Counts(row)) continue;
            var bucket = Math.Clamp(BucketOf(rows.AsOf - rows.Dates[row]), 0, totals.Length - 1);
            totals[totals.Length - 1 - bucket] += rows.Values[row];
            found = true;
        }

        if (!found || totals.Length < 2) return aggregate.Empty;
        var middle = (totals.Length - 1) / 2.0;
        var (products, squares) = (0.0, 0.0);
        for (var i = 0; i < totals.Length; i++)
        {
            products += (i - middle) * totals[i];
            squares += (i - middle) * (i - middle);
        }

        return products / squares;
    }

    private double Gaps(in RowRange rows)
    {
        var (count, sum, previous) = (0, 0.0, double.NaN);
        for (var row = 0; row < rows.Length; row++)
        {
            if (!rows.Counts(row)) continue;
            if (!double.IsNaN(previous))
            {
                sum += rows.Dates[row] - previous;
                count++;
            }

            previous = rows.Dates[row];
        }

        if (count == 0) return aggregate.Empty;
        var mean = sum / count;
        if (aggregate.Kind == AggregateKind.GapMean) return mean;
        if (count < 2) return aggregate.Empty;
        var spread = GapSpread(rows, mean, count);
        if (aggregate.Kind == AggregateKind.GapStd) return spread;
        return mean > 0 ? 1.0 / (1.0 + spread / mean) : aggregate.Empty;
    }

    private static double GapSpread(in RowRange rows, double mean, int count)
    {
        var (squares, previous) = (0.0, double.NaN);
        for (var row = 0; row < rows.Length; row++)
        {
            if (!rows.Counts(row)) continue;
            var gap = rows.Dates[row] - previous;
            if (!double.IsNaN(gap)) squares += (gap - mean) * (gap - mean);
            previous = rows.Dates[row];
        }

        return Math.Sqrt(squares / (count - 1));
    }

    private static int Last(in RowRange rows)
    {
        var row = rows.Length - 1;
        while (row >= 0 && !rows.Counts(row)) row--;
        return row;
    }

    private double LongestGap(in RowRange rows)
    {
        if (rows.Length == 0) return aggregate.Empty;
        var (longest, previous) = (0.0, rows.AsOf - aggregate.Months * monthDays);
        for (var row = 0; row < rows.Length; row++)
        {
            if (!rows.Counts(row)) continue;
            longest = Math.Max(longest, rows.Dates[row] - previous);
            previous = rows.Dates[row];
        }

        return Math.Max(longest, rows.AsOf - previous);
    }
}
