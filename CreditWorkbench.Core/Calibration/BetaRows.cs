using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Calibration;

/// <summary>Loss of a beta calibration on given rows, with its derivatives. Sums run in row order.</summary>
internal sealed class BetaRows
{
    private const double Ridge = 1.0;
    private const double InterceptRidge = 1e-12;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly double[] _targets;
    private readonly double[] _weights;

    public BetaRows(ReadOnlySpan<double> logOdds, ReadOnlySpan<bool> bad, ReadOnlySpan<double> weights = default)
    {
        _weights = new double[bad.Length];
        var bads = 0.0;
        for (var i = 0; i < bad.Length; i++)
        {
            _weights[i] = weights.IsEmpty ? 1.0 : weights[i];
            Total += _weights[i];
            if (bad[i]) bads += _weights[i];
        }

        var (goodTarget, badTarget) = (1.0 / (Total - bads + 2.0), (bads + 1.0) / (bads + 2.0));
        (_low, _high, _targets) = (new double[bad.Length], new double[bad.Length], new double[bad.Length]);
        for (var i = 0; i < bad.Length; i++)
        {
            _low[i] = BetaCalibrator.LogOfProbability(logOdds[i]);
            _high[i] = BetaCalibrator.LogOfProbabilityLess(logOdds[i]);
            _targets[i] = bad[i] ? badTarget : goodTarget;
        }
    }

    /// <summary>Weight of all rows.</summary>
    public double Total { get; }

    /// <summary>Log-loss at (a, b, c), with the ridge towards (1, 1).</summary>
    public double Loss(double[] point)
    {
        var loss = 0.5 * Ridge * ((point[0] - 1.0) * (point[0] - 1.0) + (point[1] - 1.0) * (point[1] - 1.0));
        for (var i = 0; i < _targets.Length; i++)
        {
            var logOdds = LogOdds(point, i);
            loss += _weights[i] * (Math.Max(logOdds, 0.0) - _targets[i] * logOdds + ReproducibleMath.Log(1.0 + ReproducibleMath.Exp(-Math.Abs(logOdds))));
        }

        return loss;
    }

    /// <summary>Gradient [3] and second derivatives [3 x 3].</summary>
    public void Derive(double[] point, double[] gradient, double[] hessian)
    {
        (gradient[0], gradient[1], gradient[2]) = (Ridge * (point[0] - 1.0), Ridge * (point[1] - 1.0), 0.0);
        Array.Clear(hessian);
        (hessian[0], hessian[4], hessian[8]) = (Ridge, Ridge, InterceptRidge);
        for (var i = 0; i < _targets.Length; i++)
        {
            var probability = ReproducibleMath.Logistic(LogOdds(point, i));
            var (residual, curvature) = (_weights[i] * (probability - _targets[i]), _weights[i] * (probability * (1.0 - probability)));
            gradient[0] += residual * _low[i];
            gradient[1] += residual * _high[i];
            gradient[2] += residual;
            hessian[0] += curvature * _low[i] * _low[i];
            hessian[1] += curvature * _low[i] * _high[i];
            hessian[2] += curvature * _low[i];
            hessian[4] += curvature * _high[i] * _high[i];
            hessian[5] += curvature * _high[i];
            hessian[8] += curvature;
        }

        (hessian[3], hessian[6], hessian[7]) = (hessian[1], hessian[2], hessian[5]);
    }

    private double LogOdds(double[] point, int row) => point[0] * _low[row] + point[1] * _high[row] + point[2];
}
