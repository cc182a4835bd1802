using System.Globalization;
using System.Numerics;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Training;

/// <summary>What stands against learning from given rows, said before any training starts. All trainers share these rules, and
/// refuse rows that break them with the same words.</summary>
/// <remarks>Sensible as they are, and so no problem: a constant column and a column without any value (never tested on), while some
/// other column varies; a category column of any number of levels (the rarest share one bin); missing values and special codes.</remarks>
public static class TrainingInput
{
    /// <summary>Fewest rows of each class.</summary>
    public const int LeastRowsPerClass = 2;

    /// <summary>Checks rows before they are learnt from; O(cells).</summary>
    /// <param name="features">Training rows.</param>
    /// <param name="classes">Class index per row: 1 bad and 0 good, or a position on an ordered scale.</param>
    /// <param name="weights">Weight per row, or null.</param>
    /// <param name="classCount">Number of classes, at least 2.</param>
    /// <returns>At most one problem for the labels, one for the weights and one per column; empty when training can start. A column's
    /// name stands in <see cref="Problem.Field"/>, a row (one-based) in <see cref="Problem.Row"/>.</returns>
    /// <exception cref="ArgumentException">There is not one label, or not one weight, per row: the caller's mistake.</exception>
    public static IReadOnlyList<Problem> Check(FeatureMatrix features, byte[] classes, double[]? weights, int classCount = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 2);
        if (classes.Length != features.Rows) throw new ArgumentException($"Expected {features.Rows} outcomes, got {classes.Length}.", nameof(classes));
        if (weights is not null && weights.Length != features.Rows) throw new ArgumentException($"Expected {features.Rows} weights, got {weights.Length}.", nameof(weights));
        if (features.Columns.Count == 0) return [new Problem("training.columns.none", "There is no column to learn from.")];
        if (features.Rows == 0) return [new Problem("training.rows.none", "There is no row to learn from.")];

        var problems = new List<Problem>();
        if (ClassProblem(classes, classCount) is { } classProblem) problems.Add(classProblem);
        if (WeightProblem(weights) is { } weightProblem) problems.Add(weightProblem);
        var varies = false;
        for (var column = 0; column < features.Columns.Count; column++)
        {
            if (ColumnProblem(features.Columns[column], features.Column(column)) is { } problem) problems.Add(problem);
            varies = varies || Varies(features.Column(column));
        }

        if (!varies) problems.Add(NothingVaries(features.Columns));
        return problems;
    }

    /// <summary>Throws where <see cref="Check"/> finds something: the callers of a trainer check first.</summary>
    internal static void Demand(FeatureMatrix features, byte[] classes, double[]? weights, int classCount = 2)
    {
        var problems = Check(features, classes, weights, classCount);
        if (problems.Count > 0) throw new ArgumentException(string.Join(" ", problems), nameof(features));
    }

    private static Problem? ClassProblem(byte[] classes, int classCount)
    {
        var counts = new int[classCount];
        for (var row = 0; row < classes.Length; row++)
        {
            if (classes[row] >= classCount)
                return new Problem("training.classes.unknown", Invariant($"The label stands for class {classes[row]}; there are {classCount} classes, counted from 0.")) { Row = row + 1 };
            counts[classes[row]]++;
        }

        for (var k = 0; k < classCount; k++)
        {
            if (counts[k] == 0)
                return new Problem("training.classes.absent", Invariant($"No row is of class {k}{Meaning(k, classCount)}.")) { Remedy = "Add rows of every class." };
            if (counts[k] < LeastRowsPerClass)
                return new Problem("training.classes.few", Invariant($"Only {counts[k]} row is of class {k}{Meaning(k, classCount)}; at least {LeastRowsPerClass} are needed.")) { Remedy = "Add rows of this class." };
        }

        return null;
    }

    private static string Meaning(int outcome, int classCount) => classCount > 2 ? "" : outcome == 1 ? " (bad)" : " (good)";

    private static Problem? WeightProblem(double[]? weights)
    {
        for (var row = 0; row < (weights?.Length ?? 0); row++)
        {
            if (!(weights![row] > 0.0) || !double.IsFinite(weights[row]))
                return new Problem("training.weights.invalid", Invariant($"A weight is a finite number above 0, not {weights[row]}.")) { Row = row + 1 };
        }

        return null;
    }

    private static Problem? ColumnProblem(FeatureColumn column, ReadOnlySpan<float> cells)
    {
        if (column.SpecialCodes.Count > CodedNaN.MaxCode)
            return new Problem("training.column.codes", Invariant($"The column has {column.SpecialCodes.Count} special codes; at most {CodedNaN.MaxCode} are told apart.")) { Field = column.Name };
        if (column.IsCategory)
        {
            var stranger = FirstStranger(cells, column.Categories.Count);
            return stranger < 0 ? null
                : new Problem("training.column.category", Invariant($"{cells[stranger]} is no index into the column's {column.Categories.Count} categories.")) { Field = column.Name, Row = stranger + 1 };
        }

        var infinite = FirstInfinite(cells);
        return infinite < 0 ? null
            : new Problem("training.column.infinite", "The value is infinite.") { Field = column.Name, Row = infinite + 1, Remedy = "Correct the formula of the column, or make the value missing." };
    }

    private static int FirstStranger(ReadOnlySpan<float> cells, int categories)
    {
        for (var row = 0; row < cells.Length; row++)
        {
            var cell = cells[row];
            if (!float.IsNaN(cell) && !(cell >= 0 && cell < categories && cell == MathF.Floor(cell))) return row;
        }

        return -1;
    }

    private static int FirstInfinite(ReadOnlySpan<float> cells)
    {
        var row = 0;
        for (; row <= cells.Length - Vector<float>.Count; row += Vector<float>.Count)
        {
            if (Vector.EqualsAny(Vector.Abs(new Vector<float>(cells[row..])), new Vector<float>(float.PositiveInfinity))) break;
        }

        for (; row < cells.Length; row++)
        {
            if (float.IsInfinity(cells[row])) return row;
        }

        return -1;
    }

    /// <summary>Whether two cells differ; a missing value, each code and each number count as values. -0 equals 0.</summary>
    private static bool Varies(ReadOnlySpan<float> cells)
    {
        var first = cells[0];
        foreach (var cell in cells[1..])
        {
            if (float.IsNaN(first) && float.IsNaN(cell) ? CodedNaN.CodeOf(first) != CodedNaN.CodeOf(cell) : first != cell) return true;
        }

        return false;
    }

    private static Problem NothingVaries(IReadOnlyList<FeatureColumn> columns)
    {
        var names = string.Join(", ", columns.Take(5).Select(column => column.Name)) + (columns.Count > 5 ? Invariant($" and {columns.Count - 5} more") : "");
        return new Problem("training.columns.constant", $"Every column holds one value throughout: {names}.") { Field = columns[0].Name, Remedy = "Check how the rows were read or filtered." };
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
