using System.Text;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Finds the class of a booking: a category that names a class, else the first class one of whose words stands in the
/// text as a whole, else the rest class of the direction.</summary>
internal sealed class BookingClassifier(StatementDefinition definition)
{
    private const int WordsOfPayer = 3;
    private readonly (BookingClass Class, string[] Words)[] _classes = [.. definition.Classes.Select(one => (one, one.Words.Select(word => Padded(word)).ToArray()))];

    /// <summary>Name of the class; empty when none fits.</summary>
    public string ClassOf(Booking booking)
    {
        var named = definition.Classes.FirstOrDefault(one => Fits(one, booking) && one.Name.Equals(booking.Category.Trim(), StringComparison.OrdinalIgnoreCase));
        if (named is not null) return named.Name;
        var text = Padded($"{booking.Counterparty} {booking.Category}");
        foreach (var (one, words) in _classes)
        {
            if (Fits(one, booking) && (words.Length == 0 || Array.Exists(words, word => text.Contains(word, StringComparison.Ordinal)))) return one.Name;
        }

        return "";
    }

    /// <summary>Who a booking is with: lower case, digits and punctuation removed, first three words.</summary>
    public static string PayerOf(Booking booking) => string.Join(' ', Words(booking.Counterparty, keepsDigits: false).Take(WordsOfPayer));

    /// <summary>Whether a text holds a phrase as whole words.</summary>
    public static bool Holds(string text, string phrase) => Padded(text).Contains(Padded(phrase), StringComparison.Ordinal);

    private static bool Fits(BookingClass one, Booking booking) => one.Direction == "any" || one.Direction == (booking.IsIncoming ? "in" : "out");

    // Blanks at both ends make "whole words" a plain search.
    private static string Padded(string text) => $" {string.Join(' ', Words(text, keepsDigits: true))} ";

    private static string[] Words(string text, bool keepsDigits)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var unit in text)
        {
            if (char.IsLetter(unit) || (keepsDigits && char.IsDigit(unit))) plain.Append(char.ToLowerInvariant(unit));
            else if (!char.IsDigit(unit)) plain.Append(' ');
        }

        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
