namespace CreditWorkbench.Core.Training;

/// <summary>Weight of good and bad rows, and what it says against the weight of all rows.</summary>
/// <param name="Goods">Weight of good rows.</param>
/// <param name="Bads">Weight of bad rows.</param>
public readonly record struct Evidence(double Goods, double Bads)
{
    /// <summary>Added to each count, so that a bin without one of the classes still has finite evidence.</summary>
    public const double Smoothing = 0.5;

    /// <summary>Weight of all rows.</summary>
    public double Total => Goods + Bads;

    /// <summary>Adds two counts.</summary>
    public static Evidence operator +(Evidence one, Evidence other) => new(one.Goods + other.Goods, one.Bads + other.Bads);

    /// <summary>Subtracts a part.</summary>
    public static Evidence operator -(Evidence one, Evidence other) => new(one.Goods - other.Goods, one.Bads - other.Bads);

    /// <summary>Weight of evidence: log of the share of goods over the share of bads, half a row added to each; higher is better.</summary>
    /// <param name="all">All rows of the training set, both classes present.</param>
    /// <remarks>Siddiqi (2006), chapter 6. Shares are of the unsmoothed totals, so that a bin's evidence does not depend on how the
    /// other rows are binned.</remarks>
    public double Woe(Evidence all) => Math.Log((Goods + Smoothing) / all.Goods / ((Bads + Smoothing) / all.Bads));

    /// <summary>What the bin adds to the information value: (share of goods - share of bads) x weight of evidence.</summary>
    /// <param name="all">All rows of the training set.</param>
    public double Information(Evidence all) => ((Goods + Smoothing) / all.Goods - (Bads + Smoothing) / all.Bads) * Woe(all);
}
