namespace CreditWorkbench.Core.Explanation;

/// <summary>What became of a row.</summary>
public enum RowOutcome : byte
{
    /// <summary>Nobody said.</summary>
    Unknown,
    /// <summary>Good.</summary>
    Good,
    /// <summary>Bad.</summary>
    Bad,
}
