namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>What is made of repeated runs.</summary>
internal static class Samples
{
    /// <summary>A run whose threads were busy for less than this share of what the task normally reaches shared the machine.</summary>
    public const double LeastBusyShare = 0.93;

    /// <summary>Median; the mean of the middle two of an even number.</summary>
    /// <exception cref="ArgumentException">No value.</exception>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0) throw new ArgumentException("A median needs a value.", nameof(values));
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    /// <summary>The runs that had the machine to themselves: busy for at least <see cref="LeastBusyShare"/> of what the task normally
    /// reaches, which is the median of the upper half of its runs. Runs that do not know how busy they were count.</summary>
    public static IReadOnlyList<TaskRun> Clean(IReadOnlyCollection<TaskRun> runs)
    {
        var known = runs.Where(run => run.Busy is not null).Select(run => run.Busy!.Value).OrderDescending().ToArray();
        if (known.Length == 0) return [.. runs];
        var normal = Median(known.Take((known.Length + 1) / 2));
        return [.. runs.Where(run => run.Busy is null || run.Busy >= LeastBusyShare * normal)];
    }
}
