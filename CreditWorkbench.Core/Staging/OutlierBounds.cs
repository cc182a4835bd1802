using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>Bounds of the sizes of a table's columns, learnt from the first rows of its files. They depend on the delivery alone, not on
/// the memory or the threads of the run.</summary>
/// <remarks>Values count by the logarithm of their size, so that incomes and sums are judged by ratios and money in and out alike; zero is
/// never an outlier. The spread is 1.4826 times the median absolute deviation (Hampel 1974), which outliers hardly move.</remarks>
internal sealed class OutlierBounds
{
    private const int RowsLearntFrom = 100_000;
    private const int FewestValues = 20;
    private const double SpreadOfDeviation = 1.4826;
    private readonly (QuarantineRule Rule, int Column, List<double> Values)[] _learning;

    /// <param name="rules">Rules of the table.</param>
    /// <param name="table">The table.</param>
    public OutlierBounds(StagingRules rules, StagingTable table) =>
        _learning = [.. rules.Outliers.SelectMany(rule => rule.Columns.Select(name => (rule, IndexOf(table, name), new List<double>()))).Where(each => each.Item2 >= 0)];

    /// <summary>Learns from the rows of the next block.</summary>
    public void Add(RowBlock block)
    {
        foreach (var (_, column, values) in _learning)
        {
            for (var row = 0; row < block.Rows && values.Count < RowsLearntFrom; row++)
            {
                if (block.Columns[column][row] is var value && !double.IsNaN(value) && value != 0) values.Add(Math.Log(Math.Abs(value)));
            }
        }
    }

    /// <summary>What is learnt: rule, column and the least and greatest size that is no outlier. Columns with fewer than 20 values, or
    /// more than half of them equal, have no bounds.</summary>
    public IReadOnlyList<(QuarantineRule Rule, int Column, double Least, double Greatest)> Learnt() =>
        [.. _learning.Where(each => each.Values.Count >= FewestValues).Select(each => Bounds(each.Rule, each.Column, each.Values)).Where(bounds => bounds.Greatest > bounds.Least)];

    private static (QuarantineRule Rule, int Column, double Least, double Greatest) Bounds(QuarantineRule rule, int column, List<double> logarithms)
    {
        double[] values = [.. logarithms];
        var middle = MiddleValue.Of(values);
        for (var i = 0; i < values.Length; i++) values[i] = Math.Abs(values[i] - middle);
        var spread = SpreadOfDeviation * MiddleValue.Of(values);
        return spread > 0 ? (rule, column, Math.Exp(middle - rule.Beyond * spread), Math.Exp(middle + rule.Beyond * spread)) : (rule, column, 0, 0);
    }

    private static int IndexOf(StagingTable table, string name)
    {
        for (var i = 0; i < table.Columns.Count; i++)
        {
            if (table.Columns[i].Name == name) return i;
        }

        return -1;
    }
}
