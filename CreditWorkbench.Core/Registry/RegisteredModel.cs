using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Stage of a model version.</summary>
public enum ModelStage
{
    /// <summary>Just built.</summary>
    Dev,
    /// <summary>Validated; may run beside production.</summary>
    Staging,
    /// <summary>Decides. At most one version per scorecard.</summary>
    Production,
    /// <summary>Retired; kept for replay.</summary>
    Archived,
}

/// <summary>A model version in the registry, without its bytes.</summary>
public sealed record RegisteredModel
{
    /// <summary>Identity (Guid v7).</summary>
    public required Guid Id { get; init; }
    /// <summary>Name of the model.</summary>
    public required string Name { get; init; }
    /// <summary>Version, from 1.</summary>
    public required int Version { get; init; }
    /// <summary>Scorecard it serves.</summary>
    public required string ScorecardId { get; init; }
    /// <summary>Family of the predictor.</summary>
    public required string Family { get; init; }
    /// <summary>Hash of the package.</summary>
    public required ContentHash PackageHash { get; init; }
    /// <summary>Hash of the release: package, policy, dictionary, texts, backgrounds.</summary>
    public required ContentHash ReleaseHash { get; init; }
    /// <summary>Scoring dictionary it was trained on.</summary>
    public required ContentHash ScoringHash { get; init; }
    /// <summary>Stage.</summary>
    public required ModelStage Stage { get; init; }
    /// <summary>The training result as JSON (shape of <c>train --json</c>); empty where the version was read without it (<see cref="IModelStore"/>).</summary>
    public required string ReportJson { get; init; }
    /// <summary>Who registered it.</summary>
    public required Guid CreatedBy { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
    /// <summary>When it entered its stage.</summary>
    public required DateTimeOffset StageSince { get; init; }
    /// <summary>Texts of the dictionary it was packaged with; null in rows of earlier programs.</summary>
    public ContentHash? PresentationHash { get; init; }
    /// <summary>Cut-offs and hard rules that it decides by; null in rows of earlier programs.</summary>
    public ContentHash? PolicyHash { get; init; }
    /// <summary>Lowest issued score that is approved; null in rows of earlier programs.</summary>
    public int? ApproveFrom { get; init; }
    /// <summary>Issued scores below it are declined; null in rows of earlier programs.</summary>
    public int? DeclineBelow { get; init; }
    /// <summary>Id of the key that signed the package; null while it is unsigned.</summary>
    public string? SignedBy { get; init; }
    /// <summary>Version token.</summary>
    public int RowVersion { get; init; }

    /// <summary>The entry of a package that no registry has numbered yet: version 0, in stage dev.</summary>
    /// <param name="id">Identity.</param>
    /// <param name="name">Name of the model.</param>
    /// <param name="package">The package.</param>
    /// <param name="hash">Hash of its bytes.</param>
    /// <param name="createdBy">Who brings it.</param>
    /// <param name="at">When.</param>
    public static RegisteredModel Of(Guid id, string name, ModelPackage package, ContentHash hash, Guid createdBy, DateTimeOffset at) => new()
    {
        Id = id,
        Name = name,
        Version = 0,
        ScorecardId = package.Scorecard.Id,
        Family = package.Lineage.Family,
        PackageHash = hash,
        ReleaseHash = Registry.ReleaseHash.Of(hash, package.Scorecard),
        ScoringHash = package.Scorecard.ScoringHash,
        Stage = ModelStage.Dev,
        ReportJson = package.ReportJson,
        CreatedBy = createdBy,
        CreatedAt = at,
        StageSince = at,
        PresentationHash = package.Scorecard.PresentationHash,
        PolicyHash = Registry.ReleaseHash.OfPolicy(package.Scorecard),
        ApproveFrom = package.Scorecard.Policy.ApproveFrom,
        DeclineBelow = package.Scorecard.Policy.DeclineBelow,
    };

    /// <summary>NAME@V, as on the command line.</summary>
    public string Reference => $"{Name}@{Version}";
}

/// <summary>A change of stage.</summary>
public sealed record StageChange(Guid ModelId, ModelStage From, ModelStage To, Guid ActorId, string Note, DateTimeOffset At)
{
    /// <summary>Whether an earlier release came back because the newer one was withdrawn.</summary>
    public bool IsRollback { get; init; }

    /// <summary>The decision that allows it, stored in the same transaction; null where none is needed.</summary>
    public Approval? Approval { get; init; }
}

/// <summary>A change of stage with the version that it moved.</summary>
/// <param name="Model">The version as it stands now.</param>
/// <param name="Change">What happened.</param>
public sealed record ModelChange(RegisteredModel Model, StageChange Change);
