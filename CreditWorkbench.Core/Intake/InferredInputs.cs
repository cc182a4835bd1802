using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Intake;

/// <summary>Makes inputs of columns, or says why a column is none.</summary>
internal sealed class InferredInputs(InferenceOptions options, ReadRules read, InferredNames names, List<Problem> problems, List<Problem> warnings)
{
    private const int MostLevels = 255;
    private const string OtherLevel = "other";

    /// <summary>The input of a column; null when it is left out or a problem was added.</summary>
    public InputDefinition? Of(ColumnProfile column)
    {
        var sensitive = options.Sensitive.Contains(column.Name);
        if (options.Kinds.TryGetValue(column.Name, out var said)) column = Read(column, said);
        switch (column.Kind)
        {
            case ColumnKind.Empty:
                return LeftOut(column, "column.empty", "The column has no value.", "Nothing is lost without it.");
            case ColumnKind.Constant when !sensitive:
                return LeftOut(column, "column.constant", "Every row has the same value.", "Nothing is lost without it.");
            case ColumnKind.Identifier when !sensitive:
                return LeftOut(column, "column.identifier", "Every row has a value of its own: the column looks like a key.", "Name it with --id, or exclude it to silence this.");
            case ColumnKind.Text:
                return LeftOut(column, "column.text", "The texts are too many and too rarely repeated to be categories.", "Group them into categories first.");
            case ColumnKind.AmbiguousNumber:
                return LeftOut(column, "column.number.ambiguous", "The numbers can be read in two ways, such as 1,234.", "Write them with a decimal point and without grouping.");
            // A model that learns from a date learns when the file was made; a span between two dates is another matter.
            case ColumnKind.Date when !sensitive || column.DateFormat is not (DateFormat.YearFirst or DateFormat.Compact):
                return LeftOut(column, "column.date", "The column holds dates, which a model cannot learn from.", "Name it with --time, or turn it into a number such as months since.");
            case ColumnKind.Date:
                return Base(column, InputType.Date, sensitive);
            case ColumnKind.Category:
                return Category(column, sensitive);
            default:
                return column.Numbers > 0 ? Numeric(column, sensitive) : Category(column, sensitive);
        }
    }

    // Somebody who knows the file overrules what it looks like, but not what can be read: texts do not become numbers.
    private ColumnProfile Read(ColumnProfile column, ColumnKind said)
    {
        var numeric = said is ColumnKind.Number or ColumnKind.Integer or ColumnKind.Flag;
        if (!numeric || (column.Numbers > 0 && column.Minimum is not null)) return column with { Kind = said };
        problems.Add(new Problem("column.kind", "The column holds no numbers.") { Field = column.Name, Remedy = "Read it as a category, or leave it out." });
        return column;
    }

    private InputDefinition Base(ColumnProfile column, InputType type, bool sensitive) => new()
    {
        Name = names[column.Name],
        Type = type,
        Label = Labelled(column),
        Help = InferredTexts.Both($"Column {column.Name} of the file.", $"Kolom {column.Name} dari berkas."),
        Source = DictionaryInference.SourceName,
        Sensitive = sensitive,
    };

    private static LocalizedText Labelled(ColumnProfile column) => LocalizedText.Same(InferredTexts.Label(column.Name), InferredTexts.Languages);

    private InputDefinition? Numeric(ColumnProfile column, bool sensitive)
    {
        if (read.DecimalComma ? !column.ReadsWithComma : column.Format == NumberFormat.DecimalComma)
            return LeftOut(column, "column.number.mixed", "The file writes some columns with a decimal comma and others with a decimal point.", "Write every number with a decimal point.");
        if (column.Numbers < column.Regular) warnings.Add(InferenceProblems.TypingErrors(column.Name, column.Regular - column.Numbers));
        var (minimum, maximum) = (column.Minimum!.Value, column.Maximum!.Value);
        var type = column.Kind switch
        {
            ColumnKind.Flag => InputType.Flag,
            ColumnKind.Number => InputType.Number,
            _ => minimum == Math.Truncate(minimum) && maximum == Math.Truncate(maximum) ? InputType.Integer : InputType.Number,
        };
        if (type == InputType.Flag) return Base(column, type, sensitive);
        var codes = Codes(column, minimum, maximum);
        var (low, high) = InferredRange.Of(minimum, maximum, codes.Select(code => code.Number), type == InputType.Integer);
        return Base(column, type, sensitive) with { Minimum = low, Maximum = high, Specials = [.. codes.Select(code => Special(code.Text))] };
    }

    /// <summary>Codes of a numeric column. A code for every column that lies among the ordinary values of one is an ordinary
    /// value there; one declared for the column by name is refused.</summary>
    private List<(string Text, double Number)> Codes(ColumnProfile column, double minimum, double maximum)
    {
        var codes = new List<(string, double)>();
        var named = options.Specials.ByColumn.ContainsKey(column.Name);
        foreach (var code in options.Specials.For(column.Name))
        {
            if (!NumberCell.TryInvariant(Encoding.UTF8.GetBytes(code), out var number))
            {
                if (named) problems.Add(InferenceProblems.SpecialNoNumber(column.Name, code));
            }
            else if (number < minimum || number > maximum)
            {
                codes.Add((code, number));
            }
            else if (named || column.Specials.Any(special => special.Value == code))
            {
                problems.Add(InferenceProblems.SpecialInside(column.Name, code, minimum, maximum));
            }
        }

        return codes;
    }

    private InputDefinition Category(ColumnProfile column, bool sensitive)
    {
        string[] codes = [.. options.Specials.For(column.Name).Where(code => column.Specials.Any(special => special.Value == code))];
        var other = column.Levels.Any(level => level.Value == OtherLevel && column.LevelsComplete) || column.Levels.All(level => level.Value != OtherLevel) ? OtherLevel : "(other)";
        var kept = column.Levels.Where(level => level.Value != other).Take(MostLevels - 1).ToList();
        if (kept.Count < column.Levels.Count(level => level.Value != other))
            warnings.Add(InferenceProblems.LeftOut(column.Name, "column.levels.many", string.Create(CultureInfo.InvariantCulture, $"The column has {column.Levels.Count} values; the {kept.Count} most frequent are kept, the others are read as {other}."), "Group rare values first."));
        var values = kept.Select(level => new CategoryValue(level.Value, LocalizedText.Same(level.Value, InferredTexts.Languages)))
            .Append(new CategoryValue(other, InferredTexts.Both("Other", "Lainnya")));
        return Base(column, InputType.Category, sensitive) with { Values = [.. values], Open = true, Specials = [.. codes.Select(Special)] };
    }

    private InputDefinition? LeftOut(ColumnProfile column, string code, string reason, string remedy)
    {
        warnings.Add(InferenceProblems.LeftOut(column.Name, code, reason, remedy));
        return null;
    }

    private static SpecialCode Special(string code)
    {
        var tag = new string([.. code.Select(letter => letter == '-' ? 'm' : char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '_')]);
        return new SpecialCode(code, $"code_{tag}", InferredTexts.Both($"Special code {code}", $"Kode khusus {code}"));
    }
}
