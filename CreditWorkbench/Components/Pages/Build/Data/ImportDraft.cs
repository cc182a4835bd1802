using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Intake;

namespace CreditWorkbench.Web.Components.Pages.Build.Data;

/// <summary>The mapping of a file while a person works on it.</summary>
public sealed class ImportDraft
{
    private readonly FileInspection _inspection;
    private readonly char? _delimiter;

    /// <summary>Begins with what is proposed.</summary>
    /// <param name="inspection">What was found.</param>
    /// <param name="delimiter">Delimiter that the person named; null where it was detected.</param>
    public ImportDraft(FileInspection inspection, char? delimiter)
    {
        (_inspection, _delimiter) = (inspection, delimiter);
        Columns = [.. inspection.Columns.Select(column => new ColumnChoice(column))];
        if (Columns.FirstOrDefault(column => column.Part == ColumnPart.Target)?.Proposal.BadValue is { } bad) Bad.Add(bad);
    }

    /// <summary>Columns in file order.</summary>
    public IReadOnlyList<ColumnChoice> Columns { get; }

    /// <summary>Values of the outcome that count as bad.</summary>
    public HashSet<string> Bad { get; } = new(StringComparer.Ordinal);

    /// <summary>The outcome; null when none is chosen.</summary>
    public ColumnChoice? Target => Columns.FirstOrDefault(column => column.Part == ColumnPart.Target);

    /// <summary>Gives a column a part; parts that only one column can play leave the one that had it.</summary>
    public void Give(ColumnChoice column, ColumnPart part)
    {
        if (part is ColumnPart.Target or ColumnPart.Id or ColumnPart.Time or ColumnPart.Group or ColumnPart.Weight)
        {
            foreach (var other in Columns.Where(other => other.Part == part && other != column))
                other.Part = other.Proposal.Part == part || other.Proposal.Part is ColumnPart.Target ? ColumnPart.Excluded : other.Proposal.Part;
        }

        if (part == ColumnPart.Target && column.Part != part)
        {
            Bad.Clear();
            if ((column.Proposal.BadValue ?? (column.Proposal.Profile.Levels.Count == 2 ? column.Proposal.Profile.Levels[^1].Value : null)) is { } bad) Bad.Add(bad);
        }

        column.Part = part;
    }

    /// <summary>Marks a value of the outcome as bad or good.</summary>
    public void Toggle(string value)
    {
        if (!Bad.Remove(value)) Bad.Add(value);
    }

    /// <summary>Takes a mapping over that was used for the same header.</summary>
    public void Take(DatasetMapping mapping)
    {
        foreach (var column in Columns)
        {
            column.Part = PartIn(mapping, column.Name);
            column.Kind = mapping.Kinds.GetValueOrDefault(column.Name, column.Proposal.Profile.Kind);
            column.Codes = string.Join(", ", mapping.Specials.GetValueOrDefault(column.Name, []));
        }

        Bad.Clear();
        Bad.UnionWith(mapping.Bad);
    }

    /// <summary>The mapping; null without an outcome or a bad value of it.</summary>
    public DatasetMapping? ToMapping() => Target is not { } target || Bad.Count == 0 ? null : new DatasetMapping(target.Name, [.. Bad.Order(StringComparer.Ordinal)])
    {
        HasHeader = _inspection.HeaderFound,
        Delimiter = _delimiter,
        Id = NameOf(ColumnPart.Id),
        Time = NameOf(ColumnPart.Time),
        Group = NameOf(ColumnPart.Group),
        Segment = NameOf(ColumnPart.Segment),
        Weight = NameOf(ColumnPart.Weight),
        Sensitive = NamesOf(ColumnPart.Sensitive),
        Excluded = NamesOf(ColumnPart.Excluded),
        Specials = Learnt.Where(column => column.CodeList.Count > 0).ToDictionary(column => column.Name, column => column.CodeList),
        Kinds = Learnt.Where(column => column.Kind != column.Proposal.Profile.Kind).ToDictionary(column => column.Name, column => column.Kind),
    };

    private IEnumerable<ColumnChoice> Learnt => Columns.Where(column => column.Part is ColumnPart.Feature or ColumnPart.Sensitive or ColumnPart.Segment);

    private string? NameOf(ColumnPart part) => Columns.FirstOrDefault(column => column.Part == part)?.Name;

    private string[] NamesOf(ColumnPart part) => [.. Columns.Where(column => column.Part == part).Select(column => column.Name)];

    private static ColumnPart PartIn(DatasetMapping mapping, string column) =>
        column == mapping.Target ? ColumnPart.Target
        : column == mapping.Id ? ColumnPart.Id
        : column == mapping.Time ? ColumnPart.Time
        : column == mapping.Group ? ColumnPart.Group
        : column == mapping.Segment ? ColumnPart.Segment
        : column == mapping.Weight ? ColumnPart.Weight
        : mapping.Sensitive.Contains(column) ? ColumnPart.Sensitive
        : mapping.Excluded.Contains(column) ? ColumnPart.Excluded
        : ColumnPart.Feature;
}
