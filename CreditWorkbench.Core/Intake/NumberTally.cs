namespace CreditWorkbench.Core.Intake;

/// <summary>Counts and bounds of the cells that are numbers in one format.</summary>
internal struct NumberTally
{
    /// <summary>Cells that are numbers, special codes left out.</summary>
    public long Count;

    /// <summary>Those that are whole.</summary>
    public long Whole;

    /// <summary>Smallest.</summary>
    public double Minimum;

    /// <summary>Largest.</summary>
    public double Maximum;

    /// <summary>Takes a number.</summary>
    public void Add(double value)
    {
        Minimum = Count == 0 ? value : Math.Min(Minimum, value);
        Maximum = Count == 0 ? value : Math.Max(Maximum, value);
        Count++;
        if (value == Math.Truncate(value)) Whole++;
    }
}
