using System.Text;
using System.Text.RegularExpressions;

namespace CreditWorkbench.Core.Intake;

/// <summary>Proposes which part each column of a labelled file plays, from names and values. A proposal is a starting point: a person decides.</summary>
public static partial class ColumnDetection
{
    private const double LastColumn = 1.0, FirstColumn = 0.5, Named = 3.0;

    private static readonly HashSet<string> Protected = new(StringComparer.OrdinalIgnoreCase)
    {
        "sex", "gender", "race", "ethnic", "ethnicity", "religion", "nationality", "nacionality", "citizenship", "foreign", "foreigner", "marriage", "marital", "married", "birth", "dob",
        "disability", "black", "white", "asian", "hispanic", "amind", "hipac", "male", "female", "age", "agegte", "pregnant", "orientation", "kelamin", "agama", "suku", "umur", "usia",
    };

    // An age of something that is no person.
    private static readonly HashSet<string> Things = new(StringComparer.OrdinalIgnoreCase)
    {
        "account", "accounts", "oldest", "newest", "file", "trade", "trades", "vehicle", "car", "property", "loan", "company", "business", "credit", "line",
    };

    /// <summary>Proposals in file order: at most one target, one id, one time and one group.</summary>
    public static IReadOnlyList<ColumnProposal> Propose(FileProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        var target = TargetOf(profile);
        var time = First(profile, target, column => column.Kind == ColumnKind.Date, column => DecisionDate().IsMatch(column.Name));
        var id = First(profile, target, IsKey, _ => true);
        var group = First(profile, target, column => column.Kind is ColumnKind.Integer or ColumnKind.Text or ColumnKind.Category && PersonKey().IsMatch(column.Name), _ => true);
        var proposals = profile.Columns.Select(column => column.Name switch
        {
            var name when name == target?.Name => TargetProposal(target),
            var name when name == time?.Name => new ColumnProposal(column, ColumnPart.Time, new("time", column.DateFormat!.Value, profile.Columns.Count(other => other.Kind == ColumnKind.Date)), []),
            var name when name == id?.Name => new ColumnProposal(column, ColumnPart.Id, new("id", column.Rows - column.Missing), []),
            var name when name == group?.Name => new ColumnProposal(column, ColumnPart.Group, new("group", column.Levels.Count, column.Rows), []),
            _ => Ordinary(column),
        }).ToList();
        return SpecialDetection.WithCodes(proposals);
    }

    private static ColumnProposal Ordinary(ColumnProfile column)
    {
        if (IsProtected(column.Name) && column.Kind is not (ColumnKind.Empty or ColumnKind.Text)) return new(column, ColumnPart.Sensitive, new("sensitive", column.Name), []);
        return column.Kind switch
        {
            ColumnKind.Empty => new(column, ColumnPart.Excluded, new("empty"), []),
            ColumnKind.Constant => new(column, ColumnPart.Excluded, new("constant", column.Levels.Count > 0 ? column.Levels[0].Value : ""), []),
            ColumnKind.Identifier => new(column, ColumnPart.Excluded, new("key", column.Rows - column.Missing), []),
            ColumnKind.Text => new(column, ColumnPart.Excluded, new("text"), []),
            ColumnKind.Date => new(column, ColumnPart.Excluded, new("date"), []),
            ColumnKind.AmbiguousNumber => new(column, ColumnPart.Excluded, new("ambiguous"), []),
            ColumnKind.Category => new(column, ColumnPart.Feature, new("category", column.Levels.Count), []),
            ColumnKind.Flag => new(column, ColumnPart.Feature, new("flag"), []),
            _ => new(column, ColumnPart.Feature, new("number", column.Minimum ?? 0, column.Maximum ?? 0), []),
        };
    }

    private static ColumnProposal TargetProposal(ColumnProfile column)
    {
        var (bad, reason) = BadOf(column);
        var named = OutcomeName().IsMatch(column.Name);
        return new(column, ColumnPart.Target, new(named ? "target.named" : "target.position", bad.Value, (double)bad.Rows / column.Levels.Sum(level => level.Rows), reason), [], bad.Value);
    }

    /// <summary>The column with two values whose name or place speaks most for it; null when nothing does.</summary>
    private static ColumnProfile? TargetOf(FileProfile profile)
    {
        var (best, score) = ((ColumnProfile?)null, 0.0);
        for (var i = 0; i < profile.Columns.Count; i++)
        {
            var column = profile.Columns[i];
            if (!column.LevelsComplete || column.Levels.Count != 2 || column.Missing * 2 > column.Rows) continue;
            var points = (OutcomeName().IsMatch(column.Name) ? Named : 0) - (HistoryName().IsMatch(column.Name) ? 2 * Named : 0)
                + (i == profile.Columns.Count - 1 ? LastColumn : 0) + (i == 0 ? FirstColumn : 0) + (OutcomeStart().IsMatch(column.Name) ? 1 : 0);
            if (points > score) (best, score) = (column, points);
        }

        return best;
    }

    /// <summary>The bad one of two values: by its name, else the rarer one.</summary>
    private static (LevelCount Bad, string Reason) BadOf(ColumnProfile column)
    {
        var named = column.Levels.Where(level => BadName().IsMatch(level.Value)).ToList();
        return named.Count == 1 ? (named[0], "name") : (column.Levels[^1], "rarer");
    }

    private static ColumnProfile? First(FileProfile profile, ColumnProfile? target, Func<ColumnProfile, bool> fits, Func<ColumnProfile, bool> preferred)
    {
        var fitting = profile.Columns.Where(column => column.Name != target?.Name && fits(column)).ToList();
        return fitting.FirstOrDefault(preferred) ?? (fitting.Count > 0 ? fitting[0] : null);
    }

    // An amount that happens to differ in every row is no key: keys are texts, or whole numbers that a name or their density marks.
    private static bool IsKey(ColumnProfile column) => column.Kind == ColumnKind.Identifier;

    private static bool IsProtected(string name)
    {
        string[] words = [.. Word().Matches(name).Select(match => match.Value)];
        return words.Any(Protected.Contains) && !words.Any(Things.Contains);
    }

    [GeneratedRegex("default|(^|[_ .-])bad|target|^label|^class$|outcome|delinq|dlq|risk_?perf|loan_?status|fraud|bankrupt|high_priced|^kredit$|^y$|^flag_|good_?bad", RegexOptions.IgnoreCase)]
    private static partial Regex OutcomeName();

    [GeneratedRegex("^(target|label|class|y|bad|loan_?status|default)", RegexOptions.IgnoreCase)]
    private static partial Regex OutcomeStart();

    [GeneratedRegex("on_file|hist|prior|previous|past|last_", RegexOptions.IgnoreCase)]
    private static partial Regex HistoryName();

    [GeneratedRegex("^(bad|b|default(ed)?|charged.*|late|yes|y|true|fraud|bankrupt|buruk|macet|ya)$", RegexOptions.IgnoreCase)]
    private static partial Regex BadName();

    [GeneratedRegex("issue|appl|book|grant|open|as_?of|decision|snapshot|tanggal", RegexOptions.IgnoreCase)]
    private static partial Regex DecisionDate();

    [GeneratedRegex("(applicant|customer|client|member|borrower|person|household|debtor|nasabah)[_ .-]?(id|no|nr|number|key)$", RegexOptions.IgnoreCase)]
    private static partial Regex PersonKey();

    // Words of snake_case, spaced and CamelCase names.
    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Word();
}
