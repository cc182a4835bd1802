using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>One version of a data set: a kept file with the mapping that makes labelled rows of it, and what those rows are. It never changes.</summary>
public sealed record DatasetVersion
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Name that the versions share.</summary>
    public required string Name { get; init; }
    /// <summary>From 1; given by the store.</summary>
    public required int Number { get; init; }
    /// <summary>Name of the file as it came, without its folder.</summary>
    public required string FileName { get; init; }
    /// <summary>Hash of the bytes as they came.</summary>
    public required ContentHash Content { get; init; }
    /// <summary>Their number.</summary>
    public required long Bytes { get; init; }
    /// <summary>Hash of the column names in order: files with the same one can share a mapping.</summary>
    public required ContentHash Header { get; init; }
    /// <summary>Format of the rows.</summary>
    public required FileFormat Format { get; init; }
    /// <summary>How the bytes were packed.</summary>
    public required FilePacking Packing { get; init; }
    /// <summary>IANA name of the encoding; empty for binary formats.</summary>
    public required string Encoding { get; init; }
    /// <summary>Delimiter that was found; null where the format has none.</summary>
    public char? Delimiter { get; init; }
    /// <summary>Parts of the columns.</summary>
    public required DatasetMapping Mapping { get; init; }
    /// <summary>Columns of the file in order.</summary>
    public required IReadOnlyList<string> FileColumns { get; init; }
    /// <summary>Columns that a model may learn from, in order.</summary>
    public required IReadOnlyList<string> Columns { get; init; }
    /// <summary>Labelled rows.</summary>
    public required long Rows { get; init; }
    /// <summary>Those whose outcome is bad.</summary>
    public required long Bad { get; init; }
    /// <summary>Rows of the file that were left out.</summary>
    public required long Rejected { get; init; }
    /// <summary>Rejected rows by the code of their first problem.</summary>
    public IReadOnlyDictionary<string, long> RejectedByCode { get; init; } = new Dictionary<string, long>();
    /// <summary>First and last date of the time column; null without one.</summary>
    public DateOnly? From { get; init; }
    /// <summary>Last date of the time column; null without one.</summary>
    public DateOnly? To { get; init; }
    /// <summary>Who brought it.</summary>
    public required Guid AddedBy { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>Name and number as people write them: <c>heloc@2</c>.</summary>
    public string Reference => $"{Name}@{Number}";

    /// <summary>Share of bad rows, in [0, 1]; 0 without rows.</summary>
    public double BadShare => Rows == 0 ? 0 : (double)Bad / Rows;
}

/// <summary>A mapping that is offered again when a file has the same header.</summary>
/// <param name="Header">Hash of the column names.</param>
/// <param name="Name">What it is called: the data set that it was last used for.</param>
/// <param name="Mapping">Parts of the columns.</param>
/// <param name="SavedBy">Who used it last.</param>
/// <param name="SavedAt">When.</param>
public sealed record SavedMapping(ContentHash Header, string Name, DatasetMapping Mapping, Guid SavedBy, DateTimeOffset SavedAt);

/// <summary>A person's word on a finding about a data set: it was looked at, and why it stands.</summary>
/// <param name="DatasetId">Version of the data set.</param>
/// <param name="Column">Column of the finding; empty where it is about the rows.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Note">Why it stands.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record DatasetAcknowledgement(Guid DatasetId, string Column, string Kind, string Note, Guid By, DateTimeOffset At);
