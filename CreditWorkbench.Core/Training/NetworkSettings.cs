namespace CreditWorkbench.Core.Training;

/// <summary>How a neural network trains.</summary>
public sealed record NetworkSettings
{
    /// <summary>Units of each hidden layer, one or two layers of 1 to 256.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [24, 12];

    /// <summary>Most passes over the training rows.</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Rows per step, at least 1.</summary>
    public int BatchRows { get; init; } = 256;

    /// <summary>Step size, above 0.</summary>
    public double LearningRate { get; init; } = 0.002;

    /// <summary>Share by which weights shrink per unit of step size (decoupled weight decay); at least 0.</summary>
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Passes without a better log-loss on the stopping rows before training ends; at least 1. The best pass is kept.</summary>
    public int Patience { get; init; } = 8;

    /// <summary>Share of rows, stratified, set aside as stopping rows; in (0, 1).</summary>
    public double StoppingShare { get; init; } = 0.15;

    /// <summary>Share of rows at either end of a number whose values are drawn in to the bound, in [0, 0.5).</summary>
    public double ClipShare { get; init; } = 0.005;

    /// <summary>Categories with fewer rows share one input.</summary>
    public int MinCategoryRows { get; init; } = 20;

    /// <summary>Refuses settings that cannot train.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value outside its range.</exception>
    internal void Check()
    {
        if (Hidden.Count is < 1 or > 2 || Hidden.Any(units => units is < 1 or > 256))
            throw new ArgumentOutOfRangeException(nameof(Hidden), string.Join(", ", Hidden), "There are one or two hidden layers of 1 to 256 units.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchRows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Patience, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(MinCategoryRows);
        if (!(LearningRate > 0.0 && double.IsFinite(LearningRate))) throw new ArgumentOutOfRangeException(nameof(LearningRate), LearningRate, "The step size lies above 0.");
        if (!(WeightDecay >= 0.0 && double.IsFinite(WeightDecay))) throw new ArgumentOutOfRangeException(nameof(WeightDecay), WeightDecay, "The decay is at least 0.");
        if (!(StoppingShare is > 0.0 and < 1.0)) throw new ArgumentOutOfRangeException(nameof(StoppingShare), StoppingShare, "The share lies between 0 and 1.");
        if (!(ClipShare is >= 0.0 and < 0.5)) throw new ArgumentOutOfRangeException(nameof(ClipShare), ClipShare, "The share lies from 0 to below a half.");
    }
}
