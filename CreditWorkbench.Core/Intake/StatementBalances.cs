namespace CreditWorkbench.Core.Intake;

/// <summary>The balance at the end of each day, from the balance column or from an opening balance.</summary>
internal sealed class StatementBalances
{
    private readonly (DateOnly Date, double Balance)[] _closing;
    private readonly double _before;

    /// <summary>Works out the balances.</summary>
    /// <param name="bookings">Oldest first.</param>
    /// <param name="opening">Balance before the first booking; null when not stated.</param>
    public StatementBalances(Booking[] bookings, double? opening)
    {
        var firstKnown = Array.FindIndex(bookings, booking => booking.Balance is not null);
        AreKnown = bookings.Length > 0 && (firstKnown >= 0 || opening is not null);
        _closing = [];
        if (!AreKnown) return;
        _before = firstKnown < 0 ? opening!.Value : bookings[firstKnown].Balance!.Value - bookings.Take(firstKnown + 1).Sum(booking => booking.Signed);
        var balance = _before;
        var closing = new List<(DateOnly, double)>();
        foreach (var booking in bookings)
        {
            balance = booking.Balance ?? balance + booking.Signed;
            if (closing.Count > 0 && closing[^1].Item1 == booking.Date) closing[^1] = (booking.Date, balance);
            else closing.Add((booking.Date, balance));
        }

        _closing = [.. closing];
    }

    /// <summary>Whether balances can be told.</summary>
    public bool AreKnown { get; }

    /// <summary>The balance after the last booking on or before a day.</summary>
    public double At(DateOnly day)
    {
        var at = Array.BinarySearch(_closing, (day, double.PositiveInfinity));
        return ~at == 0 ? _before : _closing[~at - 1].Balance;
    }
}
