using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Scoring;

/// <summary>Standard deviation of a score under refits of the model, by score and share of missing features.</summary>
/// <param name="ScoreEdges">Rising upper edges of score bins but the last; shape [scoreBins - 1].</param>
/// <param name="MissingEdges">Rising upper edges of missing-share bins but the last; shape [missingBins - 1].</param>
/// <param name="Deviations">Points, shape [scoreBins x missingBins], score bin major; every cell filled.</param>
/// <param name="Refits">Number of bootstrap refits it was measured with.</param>
public sealed record ConfidenceTable(double[] ScoreEdges, double[] MissingEdges, double[] Deviations, int Refits)
{
    /// <summary>Quantile of the normal distribution that bounds the two-sided 90 % band.</summary>
    public const double BandQuantile = 1.645;

    /// <summary>Standard deviation in points at a score.</summary>
    /// <param name="unrounded">Points before rounding.</param>
    /// <param name="missingShare">Share of model features that are missing or coded, in [0, 1].</param>
    public double Deviation(double unrounded, double missingShare) =>
        Deviations[Bin(ScoreEdges, unrounded) * (MissingEdges.Length + 1) + Bin(MissingEdges, missingShare)];

    /// <summary>Probability mass of a normal distribution around a score between two points.</summary>
    /// <param name="unrounded">Centre.</param>
    /// <param name="deviation">Standard deviation; 0 puts all mass on the centre.</param>
    /// <param name="from">Lower end, inclusive.</param>
    /// <param name="to">Upper end, exclusive; infinity for the best grade.</param>
    public static double MassWithin(double unrounded, double deviation, double from, double to)
    {
        if (deviation <= 0) return unrounded >= from && unrounded < to ? 1.0 : 0.0;
        return NormalCdf((to - unrounded) / deviation) - NormalCdf((from - unrounded) / deviation);
    }

    private static int Bin(double[] edges, double value)
    {
        var bin = 0;
        while (bin < edges.Length && value > edges[bin]) bin++;
        return bin;
    }

    /// <summary>Standard normal distribution function, absolute error below 7.5e-8.</summary>
    /// <remarks>Abramowitz and Stegun (1964), formula 26.2.17.</remarks>
    private static double NormalCdf(double z)
    {
        if (z > 8) return 1.0;
        if (z < -8) return 0.0;
        var t = 1.0 / (1.0 + 0.2316419 * Math.Abs(z));
        var tail = ReproducibleMath.Exp(-z * z / 2) * 0.3989422804014327
            * t * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        return z >= 0 ? 1.0 - tail : tail;
    }
}
