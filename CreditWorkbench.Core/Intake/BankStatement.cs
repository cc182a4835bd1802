namespace CreditWorkbench.Core.Intake;

/// <summary>One booking of a bank statement.</summary>
/// <param name="Row">One-based data row of the file.</param>
/// <param name="Date">Day of booking.</param>
/// <param name="Amount">Amount in major units, at least 0.</param>
/// <param name="IsIncoming">Whether money came in.</param>
/// <param name="Counterparty">Counterparty or text; empty when the file has none.</param>
/// <param name="Category">Category that the bank gave; empty when it gave none.</param>
/// <param name="Balance">Balance after the booking; null when the file has none.</param>
public sealed record Booking(long Row, DateOnly Date, double Amount, bool IsIncoming, string Counterparty, string Category, double? Balance)
{
    /// <summary>The amount with its sign: positive in, negative out.</summary>
    public double Signed => IsIncoming ? Amount : -Amount;
}

/// <summary>What the applicant says about an uploaded statement.</summary>
/// <param name="AsOf">Nothing dated on or after this day is used.</param>
public sealed record StatementUpload(DateOnly AsOf)
{
    /// <summary>Account holder, to find transfers between own accounts; null when not stated.</summary>
    public string? HolderName { get; init; }

    /// <summary>Day on which the account was opened; null when not stated.</summary>
    public DateOnly? OpenedOn { get; init; }

    /// <summary>First day that the statement covers; null for the first booking's.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day that the statement covers; null for the last booking's.</summary>
    public DateOnly? To { get; init; }

    /// <summary>Balance before the first booking, for files without a balance column; null when not stated.</summary>
    public double? OpeningBalance { get; init; }
}

/// <summary>The bookings of a statement, oldest first, and what the applicant says about it.</summary>
/// <param name="Bookings">In order of time; bookings of one day in the bank's order.</param>
/// <param name="Upload">What the applicant says.</param>
public sealed record BankStatement(IReadOnlyList<Booking> Bookings, StatementUpload Upload);

/// <summary>One input derived from a statement.</summary>
/// <param name="Input">Input that the value is for.</param>
/// <param name="Value">The value; missing where the statement does not give it.</param>
/// <param name="Rows">Data rows of the bookings that were used, rising.</param>
public sealed record DerivedMetric(string Input, InputValue Value, IReadOnlyList<long> Rows)
{
    /// <summary>Whether the true value may be larger (the account may be older than the statement).</summary>
    public bool IsAtLeast { get; init; }

    /// <summary>The value before it was brought into the input's range; null when it lay inside.</summary>
    public double? Uncapped { get; init; }
}

/// <summary>The inputs that a statement gives.</summary>
/// <param name="Metrics">One per derived input, in the dictionary's order.</param>
/// <param name="FullMonths">Full calendar months of the statement.</param>
/// <param name="Ignored">Data rows that are dated on or after the as-of date.</param>
public sealed record StatementDerivation(IReadOnlyList<DerivedMetric> Metrics, int FullMonths, IReadOnlyList<long> Ignored);
