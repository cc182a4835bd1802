using CreditWorkbench.Core.Features;

namespace CreditWorkbench.Core.Training;

/// <summary>Rows as standardised numbers, one-hot categories and indicators for missing and special codes: what logistic regressions
/// and neural networks learn from.</summary>
internal sealed class CodedInputs : LogisticDesign
{
    private readonly FeatureMatrix _features;

    /// <summary>Fits mean, deviation, bounds and category inputs of every column.</summary>
    /// <param name="features">Training rows.</param>
    /// <param name="weights">Row weights, or null.</param>
    /// <param name="clipShare">Share of rows at either end whose numbers are drawn in to the bound.</param>
    /// <param name="minCategoryRows">Categories with fewer rows share one input.</param>
    /// <param name="maxCategories">Most categories with an input of their own; the rarer ones share one.</param>
    /// <param name="threads">Threads to use.</param>
    /// <param name="cancellation">Stops between columns.</param>
    public CodedInputs(FeatureMatrix features, double[]? weights, double clipShare, int minCategoryRows, int maxCategories, int threads, CancellationToken cancellation)
    {
        _features = features;
        Parts = new CodedInput[features.Columns.Count];
        Work.Over(Parts.Length, threads, column => Parts[column] = features.Columns[column].IsCategory
            ? CodedInput.OfCategory(features.Columns[column], features.Column(column), minCategoryRows, maxCategories)
            : CodedInput.OfNumber(features.Columns[column], features.Column(column), weights, clipShare), cancellation);
        First = new int[Parts.Length + 1];
        for (var column = 0; column < Parts.Length; column++) First[column + 1] = First[column] + Parts[column].Inputs;
    }

    /// <summary>Rows coded as they were before.</summary>
    /// <param name="features">Rows.</param>
    /// <param name="parts">How each column is coded.</param>
    public CodedInputs(FeatureMatrix features, CodedInput[] parts)
    {
        (_features, Parts, First) = (features, parts, new int[parts.Length + 1]);
        for (var column = 0; column < parts.Length; column++) First[column + 1] = First[column] + parts[column].Inputs;
    }

    /// <summary>How each column is coded.</summary>
    public CodedInput[] Parts { get; }

    /// <summary>First input of each column, then the number of inputs.</summary>
    public int[] First { get; }

    public override int Rows => _features.Rows;

    public override int Columns => Parts.Length;

    public override int Inputs => First[^1];

    public override void Fill(int firstRow, Span<int> inputs, Span<double> values)
    {
        for (var column = 0; column < Parts.Length; column++)
        {
            var cells = _features.Column(column);
            for (var (at, row) = (column, firstRow); at < inputs.Length; at += Parts.Length, row++)
            {
                var (input, value) = Parts[column].InputOf(cells[row]);
                (inputs[at], values[at]) = (First[column] + input, value);
            }
        }
    }
}
