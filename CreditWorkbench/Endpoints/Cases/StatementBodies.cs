using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Web.Endpoints.Cases;

/// <summary>How a statement is to be read. What is left out comes from the mapping kept for files with these columns, else from the names of the columns.</summary>
/// <param name="Bank">What people call the bank, or this kind of file.</param>
/// <param name="Date">Column of the day of booking.</param>
/// <param name="DateForm">auto, or a form such as dd/MM/yyyy.</param>
/// <param name="Direction">sign, column or twoColumns.</param>
/// <param name="Amount">Column of the amount; of money in where there are two columns.</param>
/// <param name="AmountOut">Column of money out where there are two columns.</param>
/// <param name="DirectionColumn">Column of the direction's words.</param>
/// <param name="InWords">Words for money in.</param>
/// <param name="OutWords">Words for money out.</param>
/// <param name="Counterparty">Column of counterparty or text.</param>
/// <param name="Category">Column of the bank's category.</param>
/// <param name="Balance">Column of the balance after the booking.</param>
/// <param name="Classes">The bank's category to a class of the dictionary.</param>
/// <param name="Delimiter">Delimiter of the file.</param>
/// <param name="DecimalComma">Whether a comma stands before decimals.</param>
/// <param name="Currency">Currency of the statement.</param>
/// <param name="Rate">Units of the scorecard's currency for one of the statement's.</param>
/// <param name="AsOf">Nothing dated on or after this day is used; today where left out.</param>
/// <param name="Holder">Account holder, to find transfers between own accounts.</param>
/// <param name="OpenedOn">Day on which the account was opened.</param>
/// <param name="OpeningBalance">Balance before the first booking, in the statement's currency.</param>
public sealed record StatementInstructions(
    string? Bank = null, string? Date = null, string? DateForm = null, StatementDirection? Direction = null, string? Amount = null, string? AmountOut = null, string? DirectionColumn = null,
    IReadOnlyList<string>? InWords = null, IReadOnlyList<string>? OutWords = null, string? Counterparty = null, string? Category = null, string? Balance = null,
    IReadOnlyDictionary<string, string>? Classes = null, char? Delimiter = null, bool? DecimalComma = null, string? Currency = null, double? Rate = null, DateOnly? AsOf = null, string? Holder = null,
    DateOnly? OpenedOn = null, double? OpeningBalance = null)
{
    /// <summary>A mapping with what these instructions say put in.</summary>
    internal StatementMapping Over(StatementMapping mapping) => mapping with
    {
        Bank = Bank ?? mapping.Bank,
        Date = Date ?? mapping.Date,
        DateForm = DateForm ?? mapping.DateForm,
        Direction = Direction ?? mapping.Direction,
        Amount = Amount ?? mapping.Amount,
        AmountOut = AmountOut ?? mapping.AmountOut,
        DirectionColumn = DirectionColumn ?? mapping.DirectionColumn,
        InWords = InWords ?? mapping.InWords,
        OutWords = OutWords ?? mapping.OutWords,
        Counterparty = Counterparty ?? mapping.Counterparty,
        Category = Category ?? mapping.Category,
        Balance = Balance ?? mapping.Balance,
        Classes = Classes ?? mapping.Classes,
        Delimiter = Delimiter ?? mapping.Delimiter,
        DecimalComma = DecimalComma ?? mapping.DecimalComma,
        Currency = Currency ?? mapping.Currency,
        Rate = Rate ?? mapping.Rate,
    };
}

/// <summary>What a statement gave.</summary>
/// <param name="ApplicationId">Application that the values went into.</param>
/// <param name="Version">Its version now.</param>
/// <param name="Rows">Data rows of the file.</param>
/// <param name="FaultyRows">Rows that could not be read.</param>
/// <param name="Faults">The first of them, with row, field and remedy.</param>
/// <param name="FullMonths">Full calendar months that it covers.</param>
/// <param name="Metrics">What it gave for each input.</param>
/// <param name="MappingKept">Whether the mapping was known from an earlier file of this kind.</param>
/// <param name="Mapping">How it was read.</param>
public sealed record StatementResource(
    Guid ApplicationId, int Version, long Rows, long FaultyRows, IReadOnlyList<RowFault> Faults, int FullMonths, IReadOnlyList<DerivedResource> Metrics, bool MappingKept, StatementMapping Mapping);

/// <summary>A row that could not be read.</summary>
/// <param name="Row">One-based data row.</param>
/// <param name="Field">Field; null when it is about the row.</param>
/// <param name="Code">Stable code.</param>
/// <param name="Message">What is wrong.</param>
public sealed record RowFault(long? Row, string? Field, string Code, string Message);

/// <summary>A value derived from a statement.</summary>
/// <param name="Input">Input.</param>
/// <param name="Value">Value; null where the statement does not give it.</param>
/// <param name="Rows">How many bookings stand behind it.</param>
/// <param name="AtLeast">Whether the true value may be higher.</param>
public sealed record DerivedResource(string Input, double? Value, int Rows, bool AtLeast);
