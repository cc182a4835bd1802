using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Datasets;

/// <summary>A kept file with everything that can be said of it before anybody decides.</summary>
/// <param name="File">The file.</param>
/// <param name="Inspection">What was detected and is proposed.</param>
/// <param name="Header">Hash of its column names.</param>
/// <param name="Mappings">Mappings of the same header, the last one first.</param>
/// <param name="Same">Versions that have this very content.</param>
public sealed record DatasetLook(DatasetFile File, FileInspection Inspection, ContentHash Header, IReadOnlyList<SavedMapping> Mappings, IReadOnlyList<DatasetVersion> Same);

/// <summary>The rows of a stored version.</summary>
/// <param name="Version">Its manifest.</param>
/// <param name="Open">Opens the bytes at their start; the caller disposes the stream.</param>
public sealed record StoredRows(DatasetVersion Version, Func<Stream> Open);
