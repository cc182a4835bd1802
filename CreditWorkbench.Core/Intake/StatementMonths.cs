namespace CreditWorkbench.Core.Intake;

/// <summary>Calendar months and weeks of a statement. A month's number is year x 12 + month - 1.</summary>
internal static class StatementMonths
{
    private const int DaysWithoutBooking = 5;

    public static int NumberOf(DateOnly day) => day.Year * 12 + day.Month - 1;

    public static DateOnly FirstDay(int month) => new(month / 12, month % 12 + 1, 1);

    public static DateOnly LastDay(int month) => FirstDay(month + 1).AddDays(-1);

    /// <summary>Full months of a period, rising: wholly inside, up to five days without a booking at either end allowed, and over
    /// before the as-of date.</summary>
    public static int[] Full(DateOnly first, DateOnly last, DateOnly asOf)
    {
        var months = new List<int>();
        for (var month = NumberOf(first); month <= NumberOf(last); month++)
        {
            var covered = first.DayNumber - FirstDay(month).DayNumber <= DaysWithoutBooking
                && LastDay(month).DayNumber - last.DayNumber <= DaysWithoutBooking
                && LastDay(month) < asOf;
            if (covered) months.Add(month);
        }

        return [.. months];
    }

    /// <summary>Full months from one day to another.</summary>
    public static int Between(DateOnly from, DateOnly to) => Math.Max(0, NumberOf(to) - NumberOf(from) - (to.Day < from.Day ? 1 : 0));

    /// <summary>Mondays of the weeks from Monday to Sunday wholly inside a period.</summary>
    public static DateOnly[] Weeks(DateOnly first, DateOnly last)
    {
        var weeks = new List<DateOnly>();
        var monday = first.AddDays((8 - (int)first.DayOfWeek) % 7);
        for (; monday.AddDays(6) <= last; monday = monday.AddDays(7)) weeks.Add(monday);
        return [.. weeks];
    }

    /// <summary>Distance of a day of the month to another around the month's end: day 30 to day 1 of a 30-day month is 1.</summary>
    public static double CircularDistance(DateOnly day, double dayOfMonth)
    {
        var straight = Math.Abs(day.Day - dayOfMonth);
        return Math.Min(straight, Math.Abs(DateTime.DaysInMonth(day.Year, day.Month) - straight));
    }
}
