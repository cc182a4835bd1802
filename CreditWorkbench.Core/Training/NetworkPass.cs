using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Training;

/// <summary>Runs rows forward and their errors backward through a network under training; one per piece of a batch.</summary>
internal sealed class NetworkPass
{
    private readonly NetworkShape _shape;
    private readonly double[][] _activations;
    private readonly double[][] _errors;

    public NetworkPass(NetworkShape shape)
    {
        _shape = shape;
        _activations = [.. shape.Units.Skip(1).Select(units => new double[units])];
        _errors = [.. shape.Units.Skip(1).Select(units => new double[units])];
        Gradient = new double[shape.Size];
    }

    /// <summary>Sum of the gradients of the rows passed back since it was cleared.</summary>
    public double[] Gradient { get; }

    /// <summary>Log-odds of a row.</summary>
    /// <param name="parameters">Weights and biases.</param>
    /// <param name="inputs">Inputs that the row feeds.</param>
    /// <param name="values">Their values.</param>
    public double Forward(double[] parameters, ReadOnlySpan<int> inputs, ReadOnlySpan<double> values)
    {
        for (var layer = 0; layer < _shape.Layers; layer++)
        {
            var units = _activations[layer];
            parameters.AsSpan(_shape.Biases[layer], units.Length).CopyTo(units);
            if (layer == 0)
            {
                for (var i = 0; i < inputs.Length; i++) AddScaled(units, values[i], Line(parameters, 0, inputs[i]));
                continue;
            }

            var below = _activations[layer - 1];
            for (var i = 0; i < below.Length; i++)
            {
                if (below[i] > 0.0) AddScaled(units, below[i], Line(parameters, layer, i));
            }
        }

        return _activations[^1][0];
    }

    /// <summary>Adds the gradient of the row passed forward last.</summary>
    /// <param name="parameters">Weights and biases.</param>
    /// <param name="inputs">Inputs that the row feeds.</param>
    /// <param name="values">Their values.</param>
    /// <param name="residual">Weight x (probability - outcome).</param>
    public void Backward(double[] parameters, ReadOnlySpan<int> inputs, ReadOnlySpan<double> values, double residual)
    {
        _errors[^1][0] = residual;
        for (var layer = _shape.Layers - 1; layer >= 0; layer--)
        {
            var errors = _errors[layer];
            AddScaled(Gradient.AsSpan(_shape.Biases[layer], errors.Length), 1.0, errors);
            if (layer == 0)
            {
                for (var i = 0; i < inputs.Length; i++) AddScaled(Line(Gradient, 0, inputs[i]), values[i], errors);
                continue;
            }

            var below = _activations[layer - 1];
            for (var i = 0; i < below.Length; i++)
            {
                var isActive = below[i] > 0.0;
                _errors[layer - 1][i] = isActive ? Dot(errors, Line(parameters, layer, i)) : 0.0;
                if (isActive) AddScaled(Line(Gradient, layer, i), below[i], errors);
            }
        }
    }

    /// <summary>Log-loss of log-odds against an outcome.</summary>
    public static double Loss(double logOdds, byte bad) =>
        Math.Max(logOdds, 0.0) - bad * logOdds + ReproducibleMath.Log(1.0 + ReproducibleMath.Exp(-Math.Abs(logOdds)));

    private Span<double> Line(double[] parameters, int layer, int input) =>
        parameters.AsSpan(_shape.Weights[layer] + input * _shape.Units[layer + 1], _shape.Units[layer + 1]);

    private static void AddScaled(Span<double> to, double factor, ReadOnlySpan<double> line)
    {
        for (var i = 0; i < to.Length; i++) to[i] += factor * line[i];
    }

    private static double Dot(ReadOnlySpan<double> one, ReadOnlySpan<double> other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++) sum += one[i] * other[i];
        return sum;
    }
}
