using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Predictors;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>Trains a predictor on rows that may weigh differently.</summary>
/// <param name="rows">Rows.</param>
/// <param name="weights">Weight per row, or null for ones.</param>
/// <param name="seed">Seed.</param>
/// <param name="threads">Threads.</param>
/// <param name="cancellation">Stops training.</param>
internal delegate Predictor FitWeighted(TrainingRows rows, double[]? weights, ulong seed, int threads, CancellationToken cancellation);

/// <summary>Balances the classes of the rows that train, and of no others: a fold's held-out rows never pass through here.</summary>
internal static class BalanceStep
{
    private const int Neighbours = 5;

    /// <summary>Wraps a way of training.</summary>
    /// <param name="balance">none, weights or smote.</param>
    /// <param name="own">What the candidate itself says of its classes, which then holds instead; null where it says nothing.</param>
    /// <param name="fit">Trains on rows with weights.</param>
    /// <returns>none: rows weigh what the data say. weights: both outcomes weigh the same, or as the candidate says, and the log-odds are
    /// taken back to the rows' own base rate in closed form. smote: the rarer class is filled up with synthetic rows; the base rate is put
    /// right by the calibration, whose rows are untouched.</returns>
    public static FitPredictor Of(string balance, ClassWeighting? own, FitWeighted fit)
    {
        if (own is null && balance == "smote") return Smoted((rows, seed, threads, cancellation) => fit(rows, null, seed, threads, cancellation));
        var classes = own ?? (balance == "weights" ? ClassWeighting.Balanced : ClassWeighting.None);
        return (rows, seed, threads, cancellation) =>
        {
            var predictor = fit(rows, classes.Of(rows.Classes, rows.Weights), seed, threads, cancellation);
            return classes == ClassWeighting.None ? predictor : Shifted(predictor, classes.Shift(rows.Classes, rows.Weights));
        };
    }

    /// <summary>Fills up the rarer classes before training. Synthetic rows have no weight of their own, so weighted rows are not filled up.</summary>
    public static FitPredictor Smoted(FitPredictor fit) => (rows, seed, threads, cancellation) =>
    {
        if (rows.Weights is not null) throw new ArgumentException("Synthetic rows have no weight.", nameof(fit));
        var balanced = Smote.Balance(rows.Features, rows.Classes, Neighbours, (int)seed, threads, cancellation);
        return fit(rows with { Features = balanced.Features, Classes = balanced.Classes }, seed, threads, cancellation);
    };

    private static Predictor Shifted(Predictor predictor, double shift) => predictor switch
    {
        TreeEnsemble { Aggregation: Aggregation.Sum } trees => new TreeEnsemble(trees.Family, trees.FeatureCount, trees.Link, trees.Aggregation, trees.BaseValue + shift, trees.Nodes),
        LinearPredictor linear => new LinearPredictor(linear.Intercept + shift, linear.Columns, [.. linear.MeanTerms]),
        // Printed points are whole: the correction is too, and the calibration takes up what is left of half a point.
        PointsScorecard card => new PointsScorecard(
            card.Scale, card.BasePoints + (int)Math.Round(card.Scale.PointsOf(shift)), card.ExactIntercept + shift, card.Characteristics, [.. card.MeanTerms]),
        NeuralNetwork network => new NeuralNetwork(network.Columns, network.Layers.SetItem(network.Layers.Length - 1, Shifted(network.Layers[^1], shift))),
        _ => throw new ArgumentException($"The log-odds of a {predictor.Family} are not shifted.", nameof(predictor)),
    };

    private static NetworkLayer Shifted(NetworkLayer output, double shift) => output with { Biases = [output.Biases[0] + shift] };
}
