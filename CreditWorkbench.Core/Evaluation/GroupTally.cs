namespace CreditWorkbench.Core.Evaluation;

/// <summary>Counts of one group: outcome by decision.</summary>
internal sealed class GroupTally
{
    /// <summary>Good rows.</summary>
    public int Good { get; private set; }

    /// <summary>Bad rows.</summary>
    public int Bad { get; private set; }

    /// <summary>Good rows approved.</summary>
    public int GoodApproved { get; private set; }

    /// <summary>Bad rows approved.</summary>
    public int BadApproved { get; private set; }

    /// <summary>Sum of the PDs.</summary>
    public double PdSum { get; private set; }

    /// <summary>Rows.</summary>
    public int Count => Good + Bad;

    /// <summary>Rows approved.</summary>
    public int Approved => GoodApproved + BadApproved;

    /// <summary>Counts a row.</summary>
    public void Add(bool bad, bool approved, double pd)
    {
        if (bad) Bad++;
        else Good++;
        if (approved && bad) BadApproved++;
        if (approved && !bad) GoodApproved++;
        PdSum += pd;
    }
}
