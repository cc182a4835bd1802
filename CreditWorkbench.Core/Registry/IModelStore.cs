using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Durable models, their packages and the dictionaries they serve.</summary>
/// <remarks>A report may have tens of megabytes, and what serves asks for its version every second: only <see cref="FindAsync"/> and what adds or
/// changes a version read <see cref="RegisteredModel.ReportJson"/>; in all other answers it is empty.</remarks>
public interface IModelStore
{
    /// <summary>All versions, newest first.</summary>
    Task<IReadOnlyList<RegisteredModel>> ListAsync(string? scorecardId, CancellationToken cancellationToken);

    /// <summary>One version; the latest when <paramref name="version"/> is null; null when unknown.</summary>
    Task<RegisteredModel?> FindAsync(string name, int? version, CancellationToken cancellationToken);

    /// <summary>The version in production of a scorecard; null without.</summary>
    Task<RegisteredModel?> InProductionAsync(string scorecardId, CancellationToken cancellationToken);

    /// <summary>The version with a release hash, whatever its stage; null when unknown. The first, where the same content was registered under several names.</summary>
    Task<RegisteredModel?> ByReleaseAsync(ContentHash releaseHash, CancellationToken cancellationToken);

    /// <summary>Everybody who had a hand in a version: who registered or uploaded the same package under whatever name, and who ran the training that
    /// it came from.</summary>
    Task<IReadOnlySet<Guid>> BuildersAsync(RegisteredModel model, CancellationToken cancellationToken);

    /// <summary>The report of a version, as it was registered.</summary>
    Task<string> ReportAsync(Guid modelId, CancellationToken cancellationToken);

    /// <summary>The package's bytes, decrypted.</summary>
    Task<byte[]> PackageAsync(Guid modelId, CancellationToken cancellationToken);

    /// <summary>Adds a version with its bytes and gives it the next number of its name.</summary>
    Task<RegisteredModel> AddAsync(RegisteredModel model, byte[] package, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Changes a stage; a version that enters production archives the one before it, in the same transaction; so is
    /// the approval that the change carries.</summary>
    Task<Outcome<RegisteredModel>> ChangeStageAsync(RegisteredModel model, StageChange change, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Changes of stage of a version, newest first.</summary>
    Task<IReadOnlyList<StageChange>> HistoryAsync(Guid modelId, CancellationToken cancellationToken);

    /// <summary>Changes of stage of all versions of a scorecard, oldest first.</summary>
    Task<IReadOnlyList<ModelChange>> ChangesAsync(string scorecardId, CancellationToken cancellationToken);

    /// <summary>Puts a signed package in the place of the same package without a signature.</summary>
    Task ReplacePackageAsync(RegisteredModel model, byte[] package, AuditDraft audit, CancellationToken cancellationToken);

    /// <summary>Source texts of all current dictionaries by scorecard id.</summary>
    Task<IReadOnlyDictionary<string, string>> ScorecardsAsync(CancellationToken cancellationToken);

    /// <summary>Stores a dictionary as the current one of its scorecard; the same hashes again change nothing.</summary>
    Task SaveScorecardAsync(string scorecardId, string sourceText, ContentHash scoringHash, ContentHash presentationHash, AuditDraft audit, CancellationToken cancellationToken);
}
