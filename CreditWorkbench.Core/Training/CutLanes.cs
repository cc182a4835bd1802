using System.Numerics;
using System.Runtime.CompilerServices;

namespace CreditWorkbench.Core.Training;

/// <summary>Scores several cuts of one column at a time.</summary>
internal readonly struct CutLanes
{
    private readonly Vector<double> _gradientUnit, _hessianUnit, _l1, _l2, _minHessian, _gradientSteps, _hessianSteps, _low, _high, _ordered;
    private readonly bool _isBounded, _isOrdered, _isShrunk;

    /// <summary>Spreads the node's numbers over the lanes.</summary>
    public CutLanes(in GradientCriterion criterion, GradientSum total, NodeBounds bounds, int ordered)
    {
        (_gradientUnit, _hessianUnit) = (new(criterion.GradientUnit), new(criterion.HessianUnit));
        (_l1, _l2, _isShrunk) = (new(criterion.L1), new(criterion.L2), criterion.L1 != 0.0);

        // Every row holds at least one unit of hessian, so half a unit tells an empty side.
        _minHessian = new(Math.Max(criterion.MinHessian, 0.5 * criterion.HessianUnit));
        (_gradientSteps, _hessianSteps) = (new(total.Gradient), new(total.Hessian));
        (_low, _high, _isBounded) = (new(bounds.Low), new(bounds.High), !bounds.AreOpen);
        (_ordered, _isOrdered) = (new(ordered), ordered != 0);
    }

    /// <summary>Scores of the cuts whose left sides are these packed sums; minus infinity where one is not admitted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector<double> Score(Vector<long> packed)
    {
        // Steps are whole numbers below 2^53, so both sides' sums are exact before they are scaled.
        var hessianSteps = Vector.ConvertToDouble(packed & new Vector<long>(uint.MaxValue));
        var gradientSteps = Vector.ConvertToDouble(Vector.ShiftRightArithmetic(packed, 32));
        var (hessian, hessianRight) = (hessianSteps * _hessianUnit, (_hessianSteps - hessianSteps) * _hessianUnit);
        var (gradient, gradientRight) = (gradientSteps * _gradientUnit, (_gradientSteps - gradientSteps) * _gradientUnit);
        var admitted = Vector.GreaterThanOrEqual(hessian, _minHessian) & Vector.GreaterThanOrEqual(hessianRight, _minHessian);
        var (weight, weightRight) = (hessian + _l2, hessianRight + _l2);
        var (shrunk, shrunkRight) = (Shrink(gradient), Shrink(gradientRight));
        Vector<double> score;
        if (_isBounded)
        {
            var value = Vector.Min(Vector.Max(-shrunk / weight, _low), _high);
            var valueRight = Vector.Min(Vector.Max(-shrunkRight / weightRight, _low), _high);
            score = Score(gradient, weight, value) + Score(gradientRight, weightRight, valueRight);
            if (_isOrdered) admitted &= Vector.GreaterThanOrEqual(_ordered * (valueRight - value), Vector<double>.Zero);
        }
        else
        {
            var (cross, crossRight) = (shrunk * weightRight, shrunkRight * weight);
            score = (shrunk * cross + shrunkRight * crossRight) / (weight * weightRight);
            if (_isOrdered) admitted &= Vector.GreaterThanOrEqual(_ordered * (cross - crossRight), Vector<double>.Zero);
        }

        return Vector.ConditionalSelect(admitted, score, new Vector<double>(double.NegativeInfinity));
    }

    private Vector<double> Shrink(Vector<double> gradient) => _isShrunk ? gradient - Vector.Min(Vector.Max(gradient, -_l1), _l1) : gradient;

    private Vector<double> Score(Vector<double> gradient, Vector<double> weight, Vector<double> value)
    {
        var two = new Vector<double>(2.0);
        return -(two * (gradient * value + _l1 * Vector.Abs(value)) + weight * value * value);
    }
}
