using System.Runtime.CompilerServices;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Features;

/// <summary>Every operation of the expression language on doubles. A missing value or a special code is a NaN; what an operation
/// makes of it is the table of the dictionary's format. A result that is no finite number is missing.</summary>
internal static class Operations
{
    private const double DaysPerMonth = 30.4375;
    private const double DaysPerYear = 365.25;

    /// <summary>The missing value that every operation returns.</summary>
    public static double Missing { get; } = CodedNaN.OfDouble(0);

    /// <summary>A finite number as it is (never minus zero), everything else as missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Known(double value) => double.IsFinite(value) ? value + 0.0 : Missing;

    /// <summary>Applies any operation but Constant and Slot to its operands.</summary>
    public static double Apply(Operation operation, ReadOnlySpan<double> parts, double constant, FittedTransform? transform) => operation switch
    {
        Operation.Negate => Known(-parts[0]),
        Operation.Not => Not(parts[0]),
        Operation.Add => Known(parts[0] + parts[1]),
        Operation.Subtract => Known(parts[0] - parts[1]),
        Operation.Multiply => Known(parts[0] * parts[1]),
        Operation.Divide => Divide(parts[0], parts[1]),
        Operation.Equal => AnyUnknown(parts) ? Missing : Truth(parts[0] == parts[1]),
        Operation.NotEqual => AnyUnknown(parts) ? Missing : Truth(parts[0] != parts[1]),
        Operation.Less => AnyUnknown(parts) ? Missing : Truth(parts[0] < parts[1]),
        Operation.LessOrEqual => AnyUnknown(parts) ? Missing : Truth(parts[0] <= parts[1]),
        Operation.Greater => AnyUnknown(parts) ? Missing : Truth(parts[0] > parts[1]),
        Operation.GreaterOrEqual => AnyUnknown(parts) ? Missing : Truth(parts[0] >= parts[1]),
        Operation.And => And(parts[0], parts[1]),
        Operation.Or => Or(parts[0], parts[1]),
        Operation.In => In(parts),
        Operation.If => double.IsNaN(parts[0]) ? Missing : Known(parts[0] != 0 ? parts[1] : parts[2]),
        Operation.Coalesce => Coalesce(parts),
        Operation.MeanOf => MeanOf(parts),
        Operation.IsMissing => Truth(double.IsNaN(parts[0]) && CodedNaN.CodeOf(parts[0]) == 0),
        Operation.IsSpecial => Truth(double.IsNaN(parts[0]) && CodedNaN.CodeOf(parts[0]) == (int)constant),
        Operation.Map => Map(parts),
        Operation.Fitted => AnyUnknown(parts) ? Missing : Known(transform!.Apply(parts)),
        _ => AnyUnknown(parts) ? Missing : Known(ApplyToKnown(operation, parts)),
    };

    private static double ApplyToKnown(Operation operation, ReadOnlySpan<double> parts) => operation switch
    {
        Operation.Min => Least(parts),
        Operation.Max => Greatest(parts),
        Operation.Clamp => Math.Min(Math.Max(parts[0], parts[1]), parts[2]),
        Operation.Log => parts[0] > 0 ? ReproducibleMath.Log(parts[0]) : Missing,
        Operation.Log1p => Log1p(parts[0]),
        Operation.Exp => ReproducibleMath.Exp(parts[0]),
        Operation.Sqrt => parts[0] >= 0 ? Math.Sqrt(parts[0]) : Missing,
        Operation.Abs => Math.Abs(parts[0]),
        Operation.Floor => Math.Floor(parts[0]),
        Operation.Ceil => Math.Ceiling(parts[0]),
        Operation.Round => Round(parts[0], parts.Length > 1 ? parts[1] : 1),
        Operation.DaysBetween => parts[1] - parts[0],
        Operation.MonthsBetween => (parts[1] - parts[0]) / DaysPerMonth,
        Operation.YearsBetween => (parts[1] - parts[0]) / DaysPerYear,
        Operation.Phi => NormalDistribution.Cumulative(parts[0]),
        Operation.Logistic => ReproducibleMath.Logistic(parts[0]),
        Operation.Poisson => PoissonDistribution.Quantile(parts[0], parts[1]),
        Operation.Choose => Choose(parts),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operation on values."),
    };

    private static double Truth(bool value) => value ? 1 : 0;

    private static bool AnyUnknown(ReadOnlySpan<double> parts)
    {
        foreach (var part in parts)
        {
            if (double.IsNaN(part)) return true;
        }

        return false;
    }

    private static double Divide(double dividend, double divisor) => divisor == 0 ? Missing : Known(dividend / divisor);

    private static double Not(double operand) => double.IsNaN(operand) ? Missing : Truth(operand == 0);

    // Comparisons with a NaN are false, so "left == 0" also asks that left is known.
    private static double And(double left, double right) =>
        left == 0 || right == 0 ? 0 : double.IsNaN(left) || double.IsNaN(right) ? Missing : 1;

    private static double Or(double left, double right)
    {
        var leftUnknown = double.IsNaN(left);
        var rightUnknown = double.IsNaN(right);
        if ((!leftUnknown && left != 0) || (!rightUnknown && right != 0)) return 1;
        return leftUnknown || rightUnknown ? Missing : 0;
    }

    private static double In(ReadOnlySpan<double> parts) => AnyUnknown(parts) ? Missing : Truth(parts[1..].Contains(parts[0]));

    private static double Coalesce(ReadOnlySpan<double> parts)
    {
        foreach (var part in parts)
        {
            if (!double.IsNaN(part)) return Known(part);
        }

        return Missing;
    }

    private static double MeanOf(ReadOnlySpan<double> parts)
    {
        var (sum, count) = (0.0, 0);
        foreach (var part in parts)
        {
            if (double.IsNaN(part)) continue;
            sum += part;
            count++;
        }

        return count == 0 ? Missing : Known(sum / count);
    }

    // map(x, key, value, key, value, otherwise): an even number of operands holds a last unpaired one.
    private static double Map(ReadOnlySpan<double> parts)
    {
        if (double.IsNaN(parts[0])) return Missing;
        for (var i = 1; i + 1 < parts.Length; i += 2)
        {
            if (parts[i] == parts[0]) return Known(parts[i + 1]);
        }

        return parts.Length % 2 == 0 ? Known(parts[^1]) : Missing;
    }

    private static double Least(ReadOnlySpan<double> parts)
    {
        var least = parts[0];
        foreach (var part in parts) least = Math.Min(least, part);
        return least;
    }

    private static double Greatest(ReadOnlySpan<double> parts)
    {
        var greatest = parts[0];
        foreach (var part in parts) greatest = Math.Max(greatest, part);
        return greatest;
    }

    /// <summary>log(1 + x) without loss near 0: the rounding error of 1 + x cancels in the quotient.</summary>
    private static double Log1p(double x)
    {
        if (x <= -1) return Missing;
        var sum = 1 + x;
        return sum == 1 ? x : ReproducibleMath.Log(sum) * (x / (sum - 1));
    }

    // A step such as 0.1 is no binary fraction: 3 * 0.1 is 0.30000000000000004, while 3 / 10 is the double nearest to 0.3.
    private static double Round(double x, double step)
    {
        if (step <= 0) return Missing;
        var perUnit = Math.Round(1 / step);
        return perUnit >= 1 && Math.Abs(perUnit * step - 1) < 1e-12
            ? Math.Round(x * perUnit, MidpointRounding.ToEven) / perUnit
            : Math.Round(x / step, MidpointRounding.ToEven) * step;
    }

    // choose(u, code, weight, code, weight): weights need not sum to 1; the last code takes what rounding leaves.
    private static double Choose(ReadOnlySpan<double> parts)
    {
        var total = 0.0;
        for (var i = 2; i < parts.Length; i += 2) total += Math.Max(0, parts[i]);
        var target = parts[0] * total;
        var cumulated = 0.0;
        for (var i = 2; i < parts.Length; i += 2)
        {
            cumulated += Math.Max(0, parts[i]);
            if (target < cumulated) return parts[i - 1];
        }

        return parts[^2];
    }
}
