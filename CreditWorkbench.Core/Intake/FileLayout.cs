namespace CreditWorkbench.Core.Intake;

/// <summary>Formats of files of rows.</summary>
public enum FileFormat
{
    /// <summary>Cells between delimiters, one record to a line unless quoted.</summary>
    Delimited,
    /// <summary>Attribute-relation file: declared columns, then comma-separated rows.</summary>
    Arff,
    /// <summary>One flat JSON object to a line.</summary>
    JsonLines,
    /// <summary>One JSON array of flat objects.</summary>
    JsonArray,
    /// <summary>A float32 matrix of NumPy.</summary>
    Npy,
}

/// <summary>Ways in which a file is packed.</summary>
public enum FilePacking
{
    /// <summary>Not packed.</summary>
    None,
    /// <summary>gzip.</summary>
    Gzip,
    /// <summary>zip with one data file.</summary>
    Zip,
}

/// <summary>What was detected about a file.</summary>
/// <param name="Format">Format of the rows.</param>
/// <param name="Packing">How the bytes were packed.</param>
/// <param name="Encoding">IANA name of the text encoding at the start; empty for binary formats. A file that begins in plain
/// ASCII counts as utf-8.</param>
/// <param name="Delimiter">Between cells; a space stands for a run of spaces or tabs; null where the format has none.</param>
/// <param name="HasHeader">Whether the columns are named by the file.</param>
/// <param name="Columns">In file order.</param>
public sealed record FileLayout(
    FileFormat Format, FilePacking Packing, string Encoding, char? Delimiter, bool HasHeader, IReadOnlyList<FileColumn> Columns);
