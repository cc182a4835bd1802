namespace CreditWorkbench.Core.Training;

/// <summary>Rows as a logistic regression sees them: each row feeds one input per column, all other inputs of the column being 0.</summary>
internal abstract class LogisticDesign
{
    /// <summary>Number of rows.</summary>
    public abstract int Rows { get; }

    /// <summary>Entries of a row.</summary>
    public abstract int Columns { get; }

    /// <summary>Number of inputs over all columns.</summary>
    public abstract int Inputs { get; }

    /// <summary>Inputs and values of consecutive rows.</summary>
    /// <param name="firstRow">First row to take.</param>
    /// <param name="inputs">Filled, shape [rows x Columns]; the entries of a row rise.</param>
    /// <param name="values">Filled, same shape.</param>
    public abstract void Fill(int firstRow, Span<int> inputs, Span<double> values);
}
