using System.Globalization;

namespace CreditWorkbench.Core.Intake;

/// <summary>How values become a record: who typed them and what is demanded.</summary>
public sealed record RecordReading
{
    /// <summary>Culture of the person who typed numbers and dates on a form; null for files and the API, which are invariant.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>Whether required inputs must have a value; training files need not.</summary>
    public bool DemandsRequired { get; init; } = true;

    /// <summary>Whether values outside the range are refused; stored records are read as they are.</summary>
    public bool ChecksRanges { get; init; } = true;

    /// <summary>Sources that may not be used (no consent, or withdrawn): an input that has no other source is missing, never invalid.</summary>
    public IReadOnlySet<string> ClosedSources { get; init; } = new HashSet<string>();

    /// <summary>Inputs whose values are kept elsewhere: missing here although required.</summary>
    public IReadOnlySet<string> KeptElsewhere { get; init; } = new HashSet<string>();

    /// <summary>The API and files to be scored: invariant, required inputs demanded.</summary>
    public static RecordReading Strict { get; } = new();

    /// <summary>Labelled files: invariant, blanks allowed everywhere.</summary>
    public static RecordReading Training { get; } = new() { DemandsRequired = false };

    /// <summary>Records that were accepted once: nothing is demanded again.</summary>
    public static RecordReading Stored { get; } = new() { DemandsRequired = false, ChecksRanges = false };

    /// <summary>A form in a person's culture.</summary>
    public static RecordReading Form(CultureInfo culture) => new() { Culture = culture };
}
