using System.Globalization;

namespace CreditWorkbench.Core.Intake;

/// <summary>Finds values that are codes and no quantities: they lie apart from the ordinary values, are written as bureaus write codes, and
/// come again and again.</summary>
internal static class SpecialDetection
{
    private const int MostCodes = 6;
    private const int FewestRegular = 3;
    private const double NegativeGap = 3;
    private const double PositiveGap = 10;

    private static readonly HashSet<double> Negative = [-1, -2, -3, -4, -5, -6, -7, -8, -9, -96, -97, -98, -99, -996, -997, -998, -999, -9998, -9999, -99999, -999999];
    private static readonly HashSet<double> Positive =
        [96, 97, 98, 99, 996, 997, 998, 999, 9996, 9997, 9998, 9999, 99996, 99997, 99998, 99999, 999996, 999997, 999998, 999999, 9999999, 99999999, 999999999];

    /// <summary>The proposals with codes, each told in how many columns it occurs.</summary>
    public static IReadOnlyList<ColumnProposal> WithCodes(IReadOnlyList<ColumnProposal> columns)
    {
        var found = columns.Select(column => column.Part is ColumnPart.Feature or ColumnPart.Sensitive ? CodesOf(column.Profile) : []).ToList();
        var shared = found.SelectMany(codes => codes.Select(code => code.Code)).CountBy(code => code).ToDictionary();
        return [.. columns.Zip(found, (column, codes) => column with
        {
            Specials = [.. codes.Select(code => code with { Because = code.Because with { Facts = [.. code.Because.Facts, shared[code.Code]] } })],
        })];
    }

    private static List<SpecialProposal> CodesOf(ColumnProfile column)
    {
        if (column.Kind is not (ColumnKind.Integer or ColumnKind.Number)) return [];
        var levels = column.Levels.Select(level => (Parsed: double.TryParse(level.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number), Value: number, level.Rows))
            .Where(level => level.Parsed).Select(level => (level.Value, level.Rows)).OrderBy(level => level.Value).ToList();
        return [.. Below(levels), .. column.LevelsComplete ? Above(levels) : []];
    }

    /// <summary>Every negative value is a known code, and the ordinary values begin well above them.</summary>
    private static IEnumerable<SpecialProposal> Below(List<(double Value, long Rows)> levels)
    {
        var codes = levels.TakeWhile(level => level.Value < 0).ToList();
        var rest = levels.Skip(codes.Count).ToList();
        if (codes.Count is 0 or > MostCodes || rest.Count < FewestRegular || !codes.All(code => Negative.Contains(code.Value)) || rest[0].Value - codes[^1].Value < NegativeGap) return [];
        return codes.Select(code => new SpecialProposal(Text(code.Value), code.Rows, new("special.below", code.Rows, rest[0].Value, rest[^1].Value)));
    }

    /// <summary>The largest values are known codes, each in several rows, and a gap separates them from the ordinary values that is as wide
    /// as half of those.</summary>
    private static IEnumerable<SpecialProposal> Above(List<(double Value, long Rows)> levels)
    {
        var regular = levels.Where(level => level.Value >= 0).ToList();
        var codes = regular.AsEnumerable().Reverse().TakeWhile(level => Positive.Contains(level.Value)).Reverse().ToList();
        // 97, 98 and 99 at the end of a scale of hundred are values: the gap must come right before the first code.
        while (codes.Count > 0)
        {
            var rest = regular.Take(regular.Count - codes.Count).ToList();
            if (rest.Count < FewestRegular) return [];
            var gap = codes[0].Value - rest[^1].Value;
            if (gap >= Math.Max(PositiveGap, (rest[^1].Value - rest[0].Value) / 2) && codes.Count <= MostCodes && codes.Sum(code => code.Rows) > 1)
                return codes.Select(code => new SpecialProposal(Text(code.Value), code.Rows, new("special.above", code.Rows, rest[0].Value, rest[^1].Value)));
            codes.RemoveAt(0);
        }

        return [];
    }

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
