using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Features;

/// <summary>Fits one transform on the operands of the training rows.</summary>
internal static class TransformFitter
{
    private const int SmallestGroup = 30;

    /// <summary>Fits the transform that a call names.</summary>
    /// <param name="call">The call; quantiles of <c>winsorize</c> are its second and third argument.</param>
    /// <param name="values">First operand per row; missing ones are left out.</param>
    /// <param name="groups">Group per row, same order; empty unless the call has one.</param>
    public static FittedTransform Fit(FunctionCall call, double[] values, double[] groups) => call.Name switch
    {
        "zscore_within" => FitZScore(values, groups),
        "winsorize" => FitWinsorize(values, Number(call, 1), Number(call, 2)),
        _ => FitFrequency(values),
    };

    private static ZScoreWithin FitZScore(double[] values, double[] groups)
    {
        var byGroup = new SortedDictionary<double, List<double>>();
        var all = new List<double>();
        for (var i = 0; i < values.Length; i++)
        {
            if (double.IsNaN(values[i])) continue;
            all.Add(values[i]);
            if (double.IsNaN(groups[i])) continue;
            if (!byGroup.TryGetValue(groups[i], out var members)) byGroup.Add(groups[i], members = []);
            members.Add(values[i]);
        }

        var own = byGroup.Where(group => group.Value.Count >= SmallestGroup)
            .Select(group => (group.Key, Moments: Moments(group.Value)))
            .Where(group => group.Moments.Deviation > 0).ToArray();
        var (mean, deviation) = Moments(all);
        return new ZScoreWithin(mean, deviation, [.. own.Select(group => group.Key)], [.. own.Select(group => group.Moments.Mean)], [.. own.Select(group => group.Moments.Deviation)]);
    }

    private static (double Mean, double Deviation) Moments(List<double> values)
    {
        if (values.Count == 0) return (0, 0);
        var sum = 0.0;
        foreach (var value in values) sum += value;
        var mean = sum / values.Count;
        var squares = 0.0;
        foreach (var value in values) squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / values.Count));
    }

    private static Winsorize FitWinsorize(double[] values, double low, double high)
    {
        var known = values.Where(value => !double.IsNaN(value)).Order().ToArray();
        return known.Length == 0 ? new Winsorize(double.NegativeInfinity, double.PositiveInfinity) : new Winsorize(Quantile(known, low), Quantile(known, high));
    }

    // Linear interpolation between order statistics (type 7 of Hyndman and Fan, 1996).
    private static double Quantile(double[] sorted, double share)
    {
        var position = share * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    private static Frequency FitFrequency(double[] values)
    {
        var counts = new SortedDictionary<double, int>();
        var known = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value)) continue;
            counts[value] = counts.GetValueOrDefault(value) + 1;
            known++;
        }

        return new Frequency([.. counts.Keys], [.. counts.Values.Select(count => (double)count / known)]);
    }

    private static double Number(FunctionCall call, int index) => call.Arguments[index] is NumberLiteral { Value: >= 0 and <= 1 } number
        ? number.Value
        : throw new ArgumentException($"At position {call.Position}: {call.Name} takes a quantile in [0, 1] as argument {index + 1}.");
}
