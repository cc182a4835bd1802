namespace CreditWorkbench.Core.Staging;

/// <summary>Rows of features one group after the other, as the analytics zone keeps them. Texts are numbered per column in the order in which
/// rows use them, missing values are <see cref="Features.CodedNaN"/>s of one form: equal features give equal numbers, wherever they come from.</summary>
internal abstract class FeatureRows : IDisposable
{
    /// <summary>Columns in the order of the feature file.</summary>
    public abstract IReadOnlyList<FeatureSetColumn> Columns { get; }

    /// <summary>Entity per row read so far.</summary>
    public abstract IReadOnlyList<string> Entities { get; }

    /// <summary>As-of instant per row read so far, as a day number.</summary>
    public abstract IReadOnlyList<double> AsOf { get; }

    /// <summary>Reads the next rows.</summary>
    /// <param name="cells">Shape [columns][rows at most].</param>
    /// <returns>Rows read; 0 at the end.</returns>
    public abstract int Next(double[][] cells);

    /// <summary>The texts of a column that the rows read so far use, by number; null for a column of numbers.</summary>
    public abstract IReadOnlyList<string>? TextsOf(int column);

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }

    /// <summary>A number in the one form that is kept: no negative zero, NaNs by their code alone.</summary>
    protected static double Canonical(double cell) => double.IsNaN(cell) ? Core.Features.CodedNaN.OfDouble(Core.Features.CodedNaN.CodeOf(cell)) : cell + 0.0;
}
