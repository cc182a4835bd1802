using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>What a candidate learns from.</summary>
/// <param name="Features">Vectors.</param>
/// <param name="Classes">Class per row, same order.</param>
/// <param name="BlankNeverHelps">One flag per column.</param>
public sealed record TrainingRows(FeatureMatrix Features, byte[] Classes, bool[] BlankNeverHelps)
{
    /// <summary>Weight per row, above 0, of mean 1 over the rows that a model is fitted on; null where all count alike.</summary>
    public double[]? Weights { get; init; }

    /// <summary>The same rows without one column.</summary>
    internal TrainingRows Without(int column)
    {
        int[] kept = [.. Enumerable.Range(0, Features.Columns.Count).Where(other => other != column)];
        return this with { Features = Without(Features, column), BlankNeverHelps = [.. kept.Select(other => BlankNeverHelps[other])] };
    }

    /// <summary>The rows with the given indices, repeats allowed.</summary>
    internal TrainingRows Take(int[] rows) => this with { Features = Features.Take(rows), Classes = Array.ConvertAll(rows, row => Classes[row]), Weights = Weights is null ? null : RowWeights.ToMeanOne(Array.ConvertAll(rows, row => Weights[row])) };

    /// <summary>A matrix without one of its columns.</summary>
    internal static FeatureMatrix Without(FeatureMatrix features, int column)
    {
        var values = new float[(features.Columns.Count - 1) * features.Rows];
        features.Values.AsSpan(0, column * features.Rows).CopyTo(values);
        features.Values.AsSpan((column + 1) * features.Rows).CopyTo(values.AsSpan(column * features.Rows));
        return new FeatureMatrix([.. features.Columns.Where((_, other) => other != column)], features.Rows, values);
    }
}
