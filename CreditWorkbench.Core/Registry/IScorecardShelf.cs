using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>A version of a dictionary that is or was in force.</summary>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="ScoringHash">Identity of what models are tied to.</param>
/// <param name="PresentationHash">Identity of its texts.</param>
/// <param name="Current">Whether it is in force.</param>
/// <param name="SavedAt">When it last came into force.</param>
public sealed record ScorecardVersion(string ScorecardId, ContentHash ScoringHash, ContentHash PresentationHash, bool Current, DateTimeOffset SavedAt);

/// <summary>A dictionary in the making; it may have faults. One per scorecard.</summary>
/// <param name="ScorecardId">Scorecard.</param>
/// <param name="SourceText">The file as it stands.</param>
/// <param name="BaseScoring">Scoring hash of the version that it began from; null for a new scorecard.</param>
/// <param name="BasePresentation">Presentation hash of that version.</param>
/// <param name="ChangedBy">Who saved it last.</param>
/// <param name="ChangedAt">When.</param>
/// <param name="RowVersion">Rises with each save; 0 before the first.</param>
public sealed record ScorecardDraft(
    string ScorecardId, string SourceText, ContentHash? BaseScoring, ContentHash? BasePresentation, Guid ChangedBy, DateTimeOffset ChangedAt, int RowVersion);

/// <summary>Versions and drafts of dictionaries. What is in force lies with <see cref="IModelStore"/>.</summary>
public interface IScorecardShelf
{
    /// <summary>Versions of a scorecard, or of all with null; newest first.</summary>
    Task<IReadOnlyList<ScorecardVersion>> VersionsAsync(string? scorecardId, CancellationToken cancellationToken);

    /// <summary>Text of a version; null when unknown.</summary>
    Task<string?> TextAsync(string scorecardId, ContentHash scoringHash, ContentHash presentationHash, CancellationToken cancellationToken);

    /// <summary>All drafts, by scorecard.</summary>
    Task<IReadOnlyList<ScorecardDraft>> DraftsAsync(CancellationToken cancellationToken);

    /// <summary>The draft of a scorecard; null without.</summary>
    Task<ScorecardDraft?> DraftAsync(string scorecardId, CancellationToken cancellationToken);

    /// <summary>Saves a draft over the version that its <see cref="ScorecardDraft.RowVersion"/> names (0: there is none yet).</summary>
    /// <returns>The draft with its new number; <c>version.stale</c> when somebody saved in the meantime.</returns>
    Task<Outcome<ScorecardDraft>> SaveDraftAsync(ScorecardDraft draft, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Puts the text of a draft in force and drops the draft, in one transaction.</summary>
    /// <returns>Whether the draft was still the one that was read; <c>version.stale</c> otherwise.</returns>
    Task<Outcome<bool>> PublishAsync(ScorecardDraft draft, ContentHash scoringHash, ContentHash presentationHash, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Drops a draft; nothing happens when there is none.</summary>
    Task DropDraftAsync(string scorecardId, AuditDraft audit, CancellationToken cancellationToken);
}
