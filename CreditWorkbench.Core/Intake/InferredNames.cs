using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Input names for the columns of a file: the column's own name where a dictionary allows it, else its letters and digits
/// with underscores between; the dictionary then renames the column as it reads.</summary>
internal sealed class InferredNames
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <summary>Names all columns, so that no made-up name is another column's own.</summary>
    public InferredNames(IReadOnlyList<string> columns)
    {
        var taken = columns.Where(InputChecks.IsName).ToHashSet(StringComparer.Ordinal);
        foreach (var column in columns) _names.Add(column, InputChecks.IsName(column) ? column : Unique(Plain(column), taken));
    }

    /// <summary>Name of a column's input.</summary>
    public string this[string column] => _names[column];

    private static string Plain(string column)
    {
        var name = new StringBuilder();
        foreach (var letter in column.Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(letter)) name.Append(letter);
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) != UnicodeCategory.NonSpacingMark && name.Length > 0 && name[^1] != '_') name.Append('_');
        }

        var plain = name.ToString().Trim('_');
        if (plain.Length == 0 || char.IsAsciiDigit(plain[0])) plain = $"c_{plain}".TrimEnd('_');
        return InputChecks.IsName(plain) ? plain : $"{plain}_value";
    }

    private static string Unique(string plain, HashSet<string> taken)
    {
        var name = plain;
        for (var number = 2; !taken.Add(name); number++) name = string.Create(CultureInfo.InvariantCulture, $"{plain}_{number}");
        return name;
    }
}
