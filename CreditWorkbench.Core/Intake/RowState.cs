namespace CreditWorkbench.Core.Intake;

/// <summary>What one step of a <see cref="RowReader"/> found.</summary>
public enum RowState
{
    /// <summary>A row whose cells can be read.</summary>
    Row,
    /// <summary>A data row that cannot be used; <see cref="RowReader.Problem"/> says why. Reading may go on.</summary>
    Rejected,
    /// <summary>The end of the file.</summary>
    End,
    /// <summary>The file cannot be read further; <see cref="RowReader.Problem"/> says why.</summary>
    Refused,
}
