namespace CreditWorkbench.Core.Metrics;

/// <summary>Counts of decisions against outcomes; "positive" is bad. A share whose denominator is 0 is null, never 0.</summary>
/// <param name="TruePositives">Bad rows called bad.</param>
/// <param name="FalsePositives">Good rows called bad.</param>
/// <param name="TrueNegatives">Good rows called good.</param>
/// <param name="FalseNegatives">Bad rows called good.</param>
public sealed record ConfusionMatrix(long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives)
{
    /// <summary>Rows in all.</summary>
    public long Count => TruePositives + FalsePositives + TrueNegatives + FalseNegatives;

    /// <summary>Share of rows called rightly.</summary>
    public double? Accuracy => Share(TruePositives + TrueNegatives, Count);

    /// <summary>Share of bad rows among those called bad.</summary>
    public double? Precision => Share(TruePositives, TruePositives + FalsePositives);

    /// <summary>Share of bad rows that are called bad.</summary>
    public double? Recall => Share(TruePositives, TruePositives + FalseNegatives);

    /// <summary>Share of good rows that are called good.</summary>
    public double? Specificity => Share(TrueNegatives, TrueNegatives + FalsePositives);

    /// <summary>Share of good rows that are called bad.</summary>
    public double? FalsePositiveRate => Share(FalsePositives, TrueNegatives + FalsePositives);

    /// <summary>Harmonic mean of precision and recall: 2 TP / (2 TP + FP + FN).</summary>
    public double? F1 => Share(2 * TruePositives, 2 * TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Calls a row bad when its probability lies above the threshold.</summary>
    /// <param name="probabilities">PD per row, shape [n].</param>
    /// <param name="bad">Outcome per row, shape [n], same order.</param>
    /// <param name="threshold">The cut; a probability equal to it is called good.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static ConfusionMatrix At(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> bad, double threshold)
    {
        if (probabilities.Length != bad.Length) throw new ArgumentException($"{probabilities.Length} probabilities, {bad.Length} outcomes.", nameof(bad));
        long truePositives = 0, falsePositives = 0, trueNegatives = 0, falseNegatives = 0;
        for (var i = 0; i < bad.Length; i++)
        {
            if (probabilities[i] > threshold)
            {
                if (bad[i]) truePositives++;
                else falsePositives++;
            }
            else if (bad[i])
            {
                falseNegatives++;
            }
            else
            {
                trueNegatives++;
            }
        }

        return new ConfusionMatrix(truePositives, falsePositives, trueNegatives, falseNegatives);
    }

    private static double? Share(long part, long whole) => whole == 0 ? null : (double)part / whole;
}
