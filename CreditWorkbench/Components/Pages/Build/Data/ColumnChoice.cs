using CreditWorkbench.Core.Intake;
using CreditWorkbench.Web.Resources;

namespace CreditWorkbench.Web.Components.Pages.Build.Data;

/// <summary>What the person says of one column, beginning with what is proposed.</summary>
/// <param name="proposal">What the column seems to be.</param>
public sealed class ColumnChoice(ColumnProposal proposal)
{
    /// <summary>What the column seems to be.</summary>
    public ColumnProposal Proposal { get; } = proposal;

    /// <summary>Name of the column.</summary>
    public string Name => Proposal.Profile.Name;

    /// <summary>The part that it plays.</summary>
    public ColumnPart Part { get; set; } = proposal.Part;

    /// <summary>The kind that it is read as.</summary>
    public ColumnKind Kind { get; set; } = proposal.Profile.Kind;

    /// <summary>Special codes, between commas.</summary>
    public string Codes { get; set; } = string.Join(", ", proposal.Specials.Select(special => special.Code));

    /// <summary>Special codes one by one.</summary>
    public IReadOnlyList<string> CodeList => [.. Codes.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct()];

    /// <summary>Whether anything differs from the proposal.</summary>
    public bool IsEdited => Part != Proposal.Part || Kind != Proposal.Profile.Kind || !CodeList.ToHashSet().SetEquals(Proposal.Specials.Select(special => special.Code));

    /// <summary>Why the part is proposed, as a sentence.</summary>
    public string Because => EvidenceWords.Of(Proposal.Because);

    /// <summary>Why each code is proposed, as sentences.</summary>
    public IEnumerable<string> CodesBecause => Proposal.Specials.Select(special => $"{special.Code}: {EvidenceWords.Of(special.Because)}");

    /// <summary>A few values, most frequent first.</summary>
    public string Examples => string.Join(", ", Proposal.Profile.Levels.Take(4).Select(level => Shorten(level.Value)));

    private static string Shorten(string text) => text.Length <= 24 ? text : text[..23] + "\u2026";
}

/// <summary>Evidence in the reader's language.</summary>
public static class EvidenceWords
{
    private static readonly HashSet<string> Shares = ["target.named", "target.position"];

    /// <summary>The sentence of evidence.</summary>
    public static string Of(ColumnEvidence evidence) => Texts.T("dataset.because." + evidence.Code, [.. evidence.Facts.Select((fact, slot) => Text(evidence.Code, fact, slot))]);

    private static object Text(string code, object fact, int slot) => fact switch
    {
        double share when slot == 1 && Shares.Contains(code) => Formats.Percent(share),
        double number => Formats.Plain(number),
        long or int => Formats.Integer(Convert.ToInt64(fact, System.Globalization.CultureInfo.InvariantCulture)),
        DateFormat format => Texts.T("dataset.dates." + format),
        string reason when slot == 2 && Shares.Contains(code) => Texts.T("dataset.bad." + reason),
        _ => fact,
    };
}
