using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Staging;

/// <summary>An expression over whole columns: each operation runs over a stretch of rows before the next one starts. The values
/// are those that the row-by-row program gives, bit for bit.</summary>
internal sealed class ColumnExpression
{
    private const int Stretch = 1024;
    private readonly BoundExpression _root;

    private ColumnExpression(BoundExpression root) => _root = root;

    /// <summary>Binds an expression to the names of a scope.</summary>
    /// <exception cref="ArgumentException">It does not fit the scope.</exception>
    public static ColumnExpression Bind(Expression expression, ExpressionScope scope) =>
        new(new ExpressionBinder(scope, new Dictionary<FunctionCall, FittedTransform>()).Bind(expression));

    /// <summary>Evaluates all rows.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Cells by slot; null where a slot is not a column: then it is missing.</param>
    /// <param name="threads">Threads at most.</param>
    public double[] Evaluate(int rows, double[]?[] columns, int threads)
    {
        var result = GC.AllocateUninitializedArray<double>(rows);
        var stretches = (rows + Stretch - 1) / Stretch;
        Parallel.For(0, stretches, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
            Evaluate(_root, i * Stretch, columns, result.AsSpan(i * Stretch, Math.Min(Stretch, rows - i * Stretch))));
        return result;
    }

    /// <summary>Evaluates a condition: 1 where it holds; missing does not hold.</summary>
    public byte[] EvaluateCondition(int rows, double[]?[] columns, int threads)
    {
        var values = Evaluate(rows, columns, threads);
        var holds = GC.AllocateUninitializedArray<byte>(rows);
        for (var row = 0; row < rows; row++) holds[row] = values[row] != 0 && !double.IsNaN(values[row]) ? (byte)1 : (byte)0;
        return holds;
    }

    private static void Evaluate(BoundExpression node, int first, double[]?[] columns, Span<double> into)
    {
        switch (node.Operation)
        {
            case Operation.Constant:
                into.Fill(node.Constant);
                return;
            case Operation.Slot when columns[node.Slot] is { } cells:
                cells.AsSpan(first, into.Length).CopyTo(into);
                return;
            case Operation.Slot:
                into.Fill(Operations.Missing);
                return;
        }

        var rented = System.Buffers.ArrayPool<double>.Shared.Rent(into.Length * node.Parts.Length);
        for (var part = 0; part < node.Parts.Length; part++) Evaluate(node.Parts[part], first, columns, rented.AsSpan(part * into.Length, into.Length));
        if (node.Parts.Length != 2 || !TryFast(node.Operation, rented.AsSpan(0, into.Length), rented.AsSpan(into.Length, into.Length), into)) Slow(node, rented, into);
        System.Buffers.ArrayPool<double>.Shared.Return(rented);
    }

    private static bool TryFast(Operation operation, ReadOnlySpan<double> a, ReadOnlySpan<double> b, Span<double> into)
    {
        switch (operation)
        {
            case Operation.Less:
                for (var i = 0; i < into.Length; i++) into[i] = Truth(a[i] < b[i], a[i], b[i]);
                return true;
            case Operation.LessOrEqual:
                for (var i = 0; i < into.Length; i++) into[i] = Truth(a[i] <= b[i], a[i], b[i]);
                return true;
            case Operation.Greater:
                for (var i = 0; i < into.Length; i++) into[i] = Truth(a[i] > b[i], a[i], b[i]);
                return true;
            case Operation.GreaterOrEqual:
                for (var i = 0; i < into.Length; i++) into[i] = Truth(a[i] >= b[i], a[i], b[i]);
                return true;
            case Operation.Equal:
                for (var i = 0; i < into.Length; i++) into[i] = Truth(a[i] == b[i], a[i], b[i]);
                return true;
            case Operation.NotEqual:
                for (var i = 0; i < into.Length; i++) into[i] = Truth(a[i] != b[i], a[i], b[i]);
                return true;
            case Operation.Max:
                for (var i = 0; i < into.Length; i++) into[i] = Operations.Known(Math.Max(a[i], b[i]));
                return true;
            case Operation.Min:
                for (var i = 0; i < into.Length; i++) into[i] = Operations.Known(Math.Min(a[i], b[i]));
                return true;
            default:
                return false;
        }
    }

    private static double Truth(bool holds, double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? Operations.Missing : holds ? 1 : 0;

    private static void Slow(BoundExpression node, double[] parts, Span<double> into)
    {
        Span<double> row = node.Parts.Length <= 64 ? stackalloc double[node.Parts.Length] : new double[node.Parts.Length];
        for (var i = 0; i < into.Length; i++)
        {
            for (var part = 0; part < row.Length; part++) row[part] = parts[part * into.Length + i];
            into[i] = Operations.Apply(node.Operation, row, node.Constant, node.Transform);
        }
    }
}
