namespace CreditWorkbench.Core.Training;

/// <summary>Minimises a convex quadratic with bounds and absolute-value penalties: half x'Hx + c'x + sum lasso |x|.</summary>
/// <remarks>Sweeps over single coordinates find which of them rest at a bound or at 0; a Cholesky solve over the others then jumps to
/// their joint minimum, or as far as the first of them allows. Both steps only ever lower the objective.</remarks>
internal sealed class BoundedQuadratic
{
    private const int MostRounds = 500;
    private const double Precision = 1e-13;
    private readonly double[] _hessian;
    private readonly CoefficientRules _rules;
    private readonly int _size;
    private readonly double[] _slope;

    private BoundedQuadratic(double[] hessian, double[] slope, CoefficientRules rules) =>
        (_hessian, _rules, _size, _slope) = (hessian, rules, slope.Length, slope);

    /// <summary>Improves a point to the minimum of the quadratic that has these derivatives there.</summary>
    /// <param name="hessian">Positive definite, shape [n x n].</param>
    /// <param name="gradient">Gradient of the smooth part at the start, shape [n].</param>
    /// <param name="start">Where the derivatives were taken, within bounds; not changed.</param>
    /// <param name="rules">Bounds and penalties of all but the last coordinate, which is free.</param>
    /// <returns>The minimum, shape [n].</returns>
    public static double[] Minimise(double[] hessian, double[] gradient, double[] start, CoefficientRules rules)
    {
        var quadratic = new BoundedQuadratic(hessian, [.. gradient], rules);
        var point = (double[])start.Clone();
        var scale = 1e-300;
        foreach (var slope in gradient) scale = Math.Max(scale, Math.Abs(slope));
        for (var round = 0; round < MostRounds; round++)
        {
            quadratic.Sweep(point);
            if (quadratic.Violation(point) <= Precision * scale) break;
            quadratic.Jump(point);
        }

        return point;
    }

    /// <summary>Moves each coordinate in turn to its own minimum.</summary>
    private void Sweep(double[] point)
    {
        for (var i = 0; i < _size; i++)
        {
            var curvature = _hessian[i * _size + i];
            var target = point[i] - _slope[i] / curvature;
            if (i < _rules.Lasso.Length)
            {
                var shrink = _rules.Lasso[i] / curvature;
                target = target > shrink ? target - shrink : target < -shrink ? target + shrink : 0.0;
                target = Math.Clamp(target, _rules.Least[i], _rules.Most[i]);
            }

            Move(point, i, target - point[i]);
            point[i] = target;
        }
    }

    /// <summary>Newton step over the coordinates that are free to move both ways, cut short where one of them would leave.</summary>
    private void Jump(double[] point)
    {
        var free = Enumerable.Range(0, _size).Where(i => IsFree(i, point[i])).ToArray();
        var step = new double[free.Length];
        for (var k = 0; k < free.Length; k++) step[k] = -(_slope[free[k]] + Pull(free[k], point[free[k]]));
        if (!Cholesky.Solve(Part(free), step)) return;
        var (share, blocked) = (1.0, -1);
        for (var k = 0; k < free.Length; k++)
        {
            if (step[k] == 0.0) continue;
            var room = (Limit(free[k], point[free[k]], step[k]) - point[free[k]]) / step[k];
            if (!(room < share)) continue;
            (share, blocked) = (room, k);
        }

        for (var k = 0; k < free.Length; k++)
        {
            var target = k == blocked ? Limit(free[k], point[free[k]], step[k]) : point[free[k]] + share * step[k];
            Move(point, free[k], target - point[free[k]]);
            point[free[k]] = target;
        }
    }

    private void Move(double[] point, int coordinate, double by)
    {
        if (by == 0.0) return;
        var line = _hessian.AsSpan(coordinate * _size, _size);
        for (var j = 0; j < _size; j++) _slope[j] += by * line[j];
    }

    private bool IsFree(int i, double value) =>
        i >= _rules.Lasso.Length || (value > _rules.Least[i] && value < _rules.Most[i] && (_rules.Lasso[i] == 0.0 || value != 0.0));

    private double Pull(int i, double value) => i < _rules.Lasso.Length ? Math.Sign(value) * _rules.Lasso[i] : 0.0;

    /// <summary>Where a coordinate has to stop on its way: its bound, or 0 where the penalty has a kink there.</summary>
    private double Limit(int i, double value, double step)
    {
        if (i >= _rules.Lasso.Length) return step > 0.0 ? double.PositiveInfinity : double.NegativeInfinity;
        var bound = step > 0.0 ? _rules.Most[i] : _rules.Least[i];
        var crossesZero = _rules.Lasso[i] > 0.0 && Math.Sign(value) == -Math.Sign(step);
        if (!crossesZero) return bound;
        return step > 0.0 ? Math.Min(bound, 0.0) : Math.Max(bound, 0.0);
    }

    private double[] Part(int[] free)
    {
        var part = new double[free.Length * free.Length];
        for (var r = 0; r < free.Length; r++)
        {
            for (var c = 0; c < free.Length; c++) part[r * free.Length + c] = _hessian[free[r] * _size + free[c]];
        }

        return part;
    }

    private double Violation(double[] point)
    {
        var worst = 0.0;
        for (var i = 0; i < _size; i++) worst = Math.Max(worst, _rules.Violation(i, point[i], _slope[i]));
        return worst;
    }
}
