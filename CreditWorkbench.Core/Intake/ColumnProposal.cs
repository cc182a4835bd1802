namespace CreditWorkbench.Core.Intake;

/// <summary>Parts that a column of a labelled file can play.</summary>
public enum ColumnPart
{
    /// <summary>Models may learn from it.</summary>
    Feature,
    /// <summary>The outcome.</summary>
    Target,
    /// <summary>Names the row.</summary>
    Id,
    /// <summary>When the row came about.</summary>
    Time,
    /// <summary>Whom the row is about, where one person has several rows.</summary>
    Group,
    /// <summary>Models may learn from it, and reports part rows by it; never proposed.</summary>
    Segment,
    /// <summary>How much the row counts beside the others; never proposed.</summary>
    Weight,
    /// <summary>For audit only.</summary>
    Sensitive,
    /// <summary>Never enters.</summary>
    Excluded,
}

/// <summary>Why something is proposed: a stable word that pages translate, with its figures.</summary>
/// <param name="Code">One of the words of <see cref="ColumnDetection"/>.</param>
/// <param name="Facts">Figures and values in the order of the sentence.</param>
public sealed record ColumnEvidence(string Code, params IReadOnlyList<object> Facts);

/// <summary>A value that seems to be a code and no quantity.</summary>
/// <param name="Code">The value.</param>
/// <param name="Rows">Rows that hold it.</param>
/// <param name="Because">Why it is proposed.</param>
public sealed record SpecialProposal(string Code, long Rows, ColumnEvidence Because);

/// <summary>What a column seems to be.</summary>
/// <param name="Profile">Findings, no code declared.</param>
/// <param name="Part">The part that it seems to play.</param>
/// <param name="Because">Why.</param>
/// <param name="Specials">Codes among its values, smallest first.</param>
/// <param name="BadValue">The value of a target that seems to be the bad outcome; null for other columns.</param>
public sealed record ColumnProposal(ColumnProfile Profile, ColumnPart Part, ColumnEvidence Because, IReadOnlyList<SpecialProposal> Specials, string? BadValue = null);

/// <summary>A file before anybody decides: what it is, what its columns look like, and its first rows.</summary>
/// <param name="Profile">Findings on file and columns, no code declared.</param>
/// <param name="HeaderFound">Whether the first record names the columns; false where it looks like a row of values.</param>
/// <param name="Columns">Proposals in file order.</param>
/// <param name="Preview">Cells of the first good rows, at most <see cref="FileInspector.PreviewRows"/>.</param>
public sealed record FileInspection(FileProfile Profile, bool HeaderFound, IReadOnlyList<ColumnProposal> Columns, IReadOnlyList<IReadOnlyList<string>> Preview);
