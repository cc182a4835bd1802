using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;

namespace CreditWorkbench.Tests.Registry;

/// <summary>A registry in memory that keeps the port's promises and counts what is read.</summary>
internal sealed class ModelsInMemory : IModelStore
{
    private readonly List<RegisteredModel> _models = [];
    private readonly List<StageChange> _changes = [];
    private readonly Dictionary<string, string> _scorecards = [];

    public Dictionary<Guid, byte[]> Packages { get; } = [];
    public List<AuditDraft> Audit { get; } = [];
    public List<Approval> Approvals { get; } = [];
    public int ProductionReads { get; private set; }
    public int PackageReads { get; private set; }
    public int ScorecardReads { get; private set; }

    public Task<IReadOnlyList<RegisteredModel>> ListAsync(string? scorecardId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RegisteredModel>>([.. _models.Where(model => scorecardId is null || model.ScorecardId == scorecardId).Reverse()]);

    public Task<RegisteredModel?> FindAsync(string name, int? version, CancellationToken cancellationToken) =>
        Task.FromResult(_models.Where(model => model.Name == name && (version is null || model.Version == version)).MaxBy(model => model.Version));

    public Task<RegisteredModel?> InProductionAsync(string scorecardId, CancellationToken cancellationToken)
    {
        ProductionReads++;
        return Task.FromResult(_models.Find(model => model.ScorecardId == scorecardId && model.Stage == ModelStage.Production));
    }

    public Task<RegisteredModel?> ByReleaseAsync(ContentHash releaseHash, CancellationToken cancellationToken) =>
        Task.FromResult(_models.Find(model => model.ReleaseHash == releaseHash));

    public Task<IReadOnlySet<Guid>> BuildersAsync(RegisteredModel model, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlySet<Guid>>(_models.Where(other => other.PackageHash == model.PackageHash).Select(other => other.CreatedBy).ToHashSet());

    public Task<string> ReportAsync(Guid modelId, CancellationToken cancellationToken) => Task.FromResult(_models.Find(model => model.Id == modelId)!.ReportJson);

    public Task<byte[]> PackageAsync(Guid modelId, CancellationToken cancellationToken)
    {
        PackageReads++;
        return Task.FromResult(Packages[modelId]);
    }

    public Task<RegisteredModel> AddAsync(RegisteredModel model, byte[] package, AuditDraft audit, CancellationToken cancellationToken)
    {
        var added = model with { Version = _models.Count(other => other.Name == model.Name) + 1 };
        _models.Add(added);
        Packages[added.Id] = package;
        Audit.Add(audit);
        return Task.FromResult(added);
    }

    public Task<Outcome<RegisteredModel>> ChangeStageAsync(RegisteredModel model, StageChange change, AuditDraft audit, CancellationToken cancellationToken)
    {
        if (change.To == ModelStage.Production)
        {
            for (var i = 0; i < _models.Count; i++)
            {
                if (_models[i].ScorecardId != model.ScorecardId || _models[i].Stage != ModelStage.Production || _models[i].Id == model.Id) continue;
                _changes.Add(new StageChange(_models[i].Id, ModelStage.Production, ModelStage.Archived, change.ActorId, "Replaced.", change.At));
                _models[i] = _models[i] with { Stage = ModelStage.Archived, StageSince = change.At };
            }
        }

        if (change.Approval is { } approval) Decide(approval);
        var moved = model with { Stage = change.To, StageSince = change.At };
        _models[_models.FindIndex(other => other.Id == model.Id)] = moved;
        _changes.Add(change);
        Audit.Add(audit);
        return Task.FromResult<Outcome<RegisteredModel>>(moved);
    }

    public void Decide(Approval approval)
    {
        Approvals.RemoveAll(other => other.Id == approval.Id);
        Approvals.Add(approval);
    }

    public Task<IReadOnlyList<StageChange>> HistoryAsync(Guid modelId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<StageChange>>([.. _changes.Where(change => change.ModelId == modelId).Reverse()]);

    public Task<IReadOnlyList<ModelChange>> ChangesAsync(string scorecardId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ModelChange>>([.. from change in _changes
                                                        let model = _models.Find(model => model.Id == change.ModelId)!
                                                        where model.ScorecardId == scorecardId
                                                        select new ModelChange(model, change)]);

    public Task ReplacePackageAsync(RegisteredModel model, byte[] package, AuditDraft audit, CancellationToken cancellationToken)
    {
        Packages[model.Id] = package;
        _models[_models.FindIndex(other => other.Id == model.Id)] = model;
        Audit.Add(audit);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyDictionary<string, string>> ScorecardsAsync(CancellationToken cancellationToken)
    {
        ScorecardReads++;
        return Task.FromResult<IReadOnlyDictionary<string, string>>(new Dictionary<string, string>(_scorecards));
    }

    public Task SaveScorecardAsync(string scorecardId, string sourceText, ContentHash scoringHash, ContentHash presentationHash, AuditDraft audit, CancellationToken cancellationToken)
    {
        _scorecards[scorecardId] = sourceText;
        Audit.Add(audit);
        return Task.CompletedTask;
    }
}
