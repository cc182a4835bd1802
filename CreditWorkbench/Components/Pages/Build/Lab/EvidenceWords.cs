using System.Globalization;
using System.Text.RegularExpressions;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Lab;

/// <summary>Says the evidence of a finding in the reader's language. Records keep it as an English sentence with its figures, so that files written long ago can be read too:
/// the sentence is recognised by its form, and its figures go into the same sentence of the other language.</summary>
public static partial class EvidenceWords
{
    private static readonly (string Key, Regex Form)[] Forms = [.. new (string Key, string Form)[]
    {
        ("foreignRelative", """Hangs together with (.+?), which looks like somebody else's score\."""),
        ("foreignAlone", """Looks like somebody else's score: ([-+\d.,Ee]+) levels whose bad rate follows their order, it alone reaches ([\d.,]+ ?%) of the Gini of all columns, and the other columns predict it \(rank correlation ([-+\d.,Ee]+)\)\."""),
        ("foreignFirst", """Looks like somebody else's score: ([-+\d.,Ee]+) levels whose bad rate follows their order, it ranks first \(([\d.,]+ ?%) of the Gini of all columns\) and (.+?) refines it, and the other columns predict it \(rank correlation ([-+\d.,Ee]+)\)\."""),
        ("identity", """([-+\d.,Ee]+) distinct whole numbers in ([-+\d.,Ee]+) rows, from ([-+\d.,Ee]+) to ([-+\d.,Ee]+)\."""),
        ("distinct", """([-+\d.,Ee]+) distinct values in ([-+\d.,Ee]+) rows\."""),
        ("later", """([-+\d.,Ee]+) of ([-+\d.,Ee]+) dates lie after the day of the row\."""),
        ("equals", """Equals (.+?) up to scale in every row\."""),
        ("information", """Information value ([-+\d.,Ee]+), above ([-+\d.,Ee]+); alone it reaches AUC ([-+\d.,Ee]+) out of fold\."""),
        ("aucAbove", """Alone it reaches AUC ([-+\d.,Ee]+) out of fold, above ([-+\d.,Ee]+)\."""),
        ("auc", """Alone it reaches AUC ([-+\d.,Ee]+) out of fold\."""),
        ("pure", """One of its values occurs in ([-+\d.,Ee]+) rows, ([-+\d.,Ee]+) of them with the rarer outcome\."""),
        ("gain", """([\d.,]+ ?%) of the gain; without it the AUC falls from ([-+\d.,Ee]+) to ([-+\d.,Ee]+)\."""),
        ("repeated", """([-+\d.,Ee]+) of ([-+\d.,Ee]+) test rows equal a training row in every feature\."""),
        ("encoded", """Each of its ([-+\d.,Ee]+) values is the share of bad rows that have it: it was encoded by the outcome of the whole file\."""),
        ("filled", """([-+\d.,Ee]+) rows hold ([-+\d.,Ee]+), the mean of all others and of nobody else: blanks were filled with the mean of the whole file\."""),
        ("typeChanged", """The column was (\w+) and is (\w+)\."""),
        ("range", """Values run from ([-+\d.,Ee]+) to ([-+\d.,Ee]+); they ran from ([-+\d.,Ee]+) to ([-+\d.,Ee]+)\."""),
        ("unknownValue", """([-+\d.,Ee]+) values were not there before, such as (.+?)\."""),
        ("missingRose", """([\d.,]+ ?%) of the rows have no value; ([\d.,]+ ?%) had none\."""),
        ("duplicateRows", """([-+\d.,Ee]+) of ([-+\d.,Ee]+) rows repeat an earlier row in every column\."""),
        ("mostly", """([-+\d.,Ee]+) of ([-+\d.,Ee]+) rows have the value (.+?)\."""),
        ("manyMissing", """([-+\d.,Ee]+) of ([-+\d.,Ee]+) rows have no value\."""),
        ("outliers", """([-+\d.,Ee]+) of ([-+\d.,Ee]+) rows lie more than three interquartile ranges outside \[([-+\d.,Ee]+), ([-+\d.,Ee]+)\]\."""),
        ("spread", """The later rows are spread otherwise: stability index ([-+\d.,Ee]+), where chance alone stays below ([-+\d.,Ee]+)\."""),
    }.Select(each => (each.Key, new Regex("^" + each.Form + "$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)))];

    /// <summary>The sentence in the current language; as it was written where its form is not known.</summary>
    public static string Of(string evidence)
    {
        foreach (var (key, form) in Forms)
            if (form.Match(evidence) is { Success: true } found) return Texts.T("evidence." + key, [.. found.Groups.Values.Skip(1).Select(group => Local(group.Value))]);
        return evidence;
    }

    /// <summary>Whether the form of a sentence is known.</summary>
    internal static bool Knows(string evidence) => Array.Exists(Forms, each => each.Form.IsMatch(evidence));

    // A figure with the sign of the reader's language before its decimals; names stay as they are.
    private static string Local(string figure)
    {
        if (!Figure().IsMatch(figure)) return figure;
        if (LongTail().IsMatch(figure)) figure = double.Parse(figure, CultureInfo.InvariantCulture).ToString("0.####", CultureInfo.InvariantCulture);
        return figure.Replace(".", CultureInfo.CurrentCulture.NumberFormat.NumberDecimalSeparator, StringComparison.Ordinal);
    }

    // What double arithmetic leaves behind the fourth decimal says nothing to a reader.
    [GeneratedRegex(@"^-?\d+\.\d{5,}$")]
    private static partial Regex LongTail();

    [GeneratedRegex(@"^-?\d+(\.\d+)?( ?%)?$")]
    private static partial Regex Figure();
}
