using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Metrics;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>AUC over folds.</summary>
/// <param name="Mean">Mean over the folds.</param>
/// <param name="Sd">Standard deviation over the folds (n - 1).</param>
/// <param name="Folds">AUC of each fold's held-out rows.</param>
public sealed record FoldedAuc(double Mean, double Sd, IReadOnlyList<double> Folds)
{
    /// <summary>Sums up folds, at least two.</summary>
    internal static FoldedAuc Of(double[] folds)
    {
        var mean = folds.Average();
        return new FoldedAuc(mean, Math.Sqrt(folds.Sum(auc => (auc - mean) * (auc - mean)) / (folds.Length - 1)), folds);
    }
}

/// <summary>A candidate on the leader board.</summary>
/// <param name="Family">Family.</param>
/// <param name="ParametersJson">Its parameters.</param>
/// <param name="Auc">Cross-validated AUC.</param>
/// <param name="Seconds">Time of its cross-validation.</param>
public sealed record CandidateResult(string Family, string ParametersJson, FoldedAuc Auc, double Seconds)
{
    /// <summary>Whether reasons of the family are exact.</summary>
    public bool ReasonsAreExact { get; init; } = true;

    /// <summary>Out-of-fold quantity per training row.</summary>
    internal double[] OutOfFold { get; init; } = [];
}

/// <summary>One fold, with features fitted inside it.</summary>
internal sealed record PreparedFold(TrainingRows Train, FeatureMatrix Held, bool[] HeldBad, int[] HeldPlaces)
{
    /// <summary>Weights of the held-out rows; null where all count alike.</summary>
    public double[]? HeldWeights { get; init; }
}

/// <summary>Cross-validates candidates on the training part; transforms, bins and trees see the fold's training rows only.</summary>
internal sealed class CrossValidation(TrainingSettings settings, TimeProvider clock)
{
    /// <summary>Fits the features of every fold.</summary>
    /// <param name="step">Makes vectors.</param>
    /// <param name="train">Rows of the training part.</param>
    /// <param name="bad">Outcome per row of the whole data set.</param>
    /// <param name="weights">Weight per row of the whole data set; null where all count alike.</param>
    /// <param name="folds">Folds over places in <paramref name="train"/>.</param>
    public static IReadOnlyList<PreparedFold> Prepare(FeatureStep step, int[] train, bool[] bad, double[]? weights, IReadOnlyList<DataFold> folds)
    {
        return [.. folds.Select(fold =>
        {
            var fitted = step.Fit(Array.ConvertAll(fold.Train, place => train[place]));
            var held = Array.ConvertAll(fold.Held, place => train[place]);
            return new PreparedFold(fitted.Rows, step.Apply(fitted.Program, held), Array.ConvertAll(held, row => bad[row]), fold.Held) { HeldWeights = weights is null ? null : Array.ConvertAll(held, row => weights[row]) };
        })];
    }

    /// <summary>Runs one candidate over all folds.</summary>
    public CandidateResult Run(Candidate candidate, IReadOnlyList<PreparedFold> folds, Action foldDone, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        var (aucs, outOfFold) = (new double[folds.Count], new double[folds.Sum(fold => fold.HeldPlaces.Length)]);
        for (var i = 0; i < folds.Count; i++)
        {
            (aucs[i], var quantities) = Judge(candidate, folds[i], cancellation);
            for (var row = 0; row < quantities.Length; row++) outOfFold[folds[i].HeldPlaces[row]] = quantities[row];
            foldDone();
        }

        return new CandidateResult(candidate.Family, candidate.ParametersJson, FoldedAuc.Of(aucs), clock.GetElapsedTime(start).TotalSeconds) { OutOfFold = outOfFold, ReasonsAreExact = candidate.ReasonsAreExact };
    }

    /// <summary>Fits a candidate on one fold's training rows and judges it on the rows held out.</summary>
    public (double Auc, double[] Quantities) Judge(Candidate candidate, PreparedFold fold, CancellationToken cancellation)
    {
        var predictor = candidate.Fit(fold.Train, (ulong)settings.Seed, settings.Threads, cancellation);
        var quantities = Quantities.Of(predictor, fold.Held, settings.Threads, cancellation);
        var risk = Quantities.Risk(predictor, quantities);
        return (fold.HeldWeights is { } weights ? Ranking.Auc(risk, fold.HeldBad, weights) : Ranking.Auc(risk, fold.HeldBad), quantities);
    }
}
