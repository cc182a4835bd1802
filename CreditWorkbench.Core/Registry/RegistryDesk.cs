using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>Where models are registered and moved between stages.</summary>
/// <param name="models">The registry's store.</param>
/// <param name="keys">Signs what is registered.</param>
/// <param name="clock">Time of entries.</param>
public sealed class RegistryDesk(IModelStore models, IPackageKeys keys, TimeProvider clock)
{
    private static readonly HashSet<(ModelStage From, ModelStage To)> Moves =
    [
        (ModelStage.Dev, ModelStage.Staging), (ModelStage.Staging, ModelStage.Production), (ModelStage.Staging, ModelStage.Dev),
        (ModelStage.Dev, ModelStage.Archived), (ModelStage.Staging, ModelStage.Archived), (ModelStage.Production, ModelStage.Archived),
        (ModelStage.Archived, ModelStage.Production),
    ];

    /// <summary>Registers a package as the next version of a name, with the dictionary it was trained on.</summary>
    public async Task<Outcome<RegisteredModel>> RegisterAsync(string name, ModelPackage package, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (!IsName(name))
            return new Problem("model.name", $"'{name}' is not a name: letters, digits, dots and hyphens, at most 64.") { Field = "name", Remedy = "Choose another name." };
        var bytes = PackageEncoding.Write(package);
        var hash = ContentHash.Of(bytes);
        if ((await models.ListAsync(package.Scorecard.Id, cancellationToken)).FirstOrDefault(known => known.PackageHash == hash && known.Name == name) is { } same) return same;
        if (!SignedPackage.Sign(bytes, package, keys).TryGet(out var signed, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
        await SaveScorecardAsync(package, actor, cancellationToken);
        var now = clock.GetUtcNow();
        var model = new RegisteredModel
        {
            Id = Guid.CreateVersion7(now),
            Name = name,
            Version = 0,
            ScorecardId = package.Scorecard.Id,
            Family = package.Lineage.Family,
            PackageHash = hash,
            ReleaseHash = ReleaseHash.Of(hash, package.Scorecard),
            ScoringHash = package.Scorecard.ScoringHash,
            Stage = ModelStage.Dev,
            ReportJson = package.ReportJson,
            CreatedBy = actor.Id,
            CreatedAt = now,
            StageSince = now,
            PresentationHash = package.Scorecard.PresentationHash,
            PolicyHash = ReleaseHash.OfPolicy(package.Scorecard),
            ApproveFrom = package.Scorecard.Policy.ApproveFrom,
            DeclineBelow = package.Scorecard.Policy.DeclineBelow,
            SignedBy = signed.Signature.KeyId,
        };
        var audit = new AuditDraft(actor, "model.registered", name, new Dictionary<string, string?>
        {
            ["scorecard"] = package.Scorecard.Id,
            ["family"] = package.Lineage.Family,
            ["package"] = hash.Hex,
            ["key"] = signed.Signature.KeyId,
            ["data"] = package.Lineage.DataHash,
        })
        { Releases = [model.ReleaseHash] };
        return await models.AddAsync(model, signed.ToBytes(), audit, cancellationToken);
    }

    /// <summary>Moves a version to a stage. Production is approved by somebody who did not build the model.</summary>
    /// <param name="reference">NAME@VERSION; a bare name is its latest version.</param>
    /// <param name="stage">Where to.</param>
    /// <param name="note">Why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<RegisteredModel>> ChangeStageAsync(string reference, ModelStage stage, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (!(await FindAsync(reference, cancellationToken)).TryGet(out var model, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
        if (string.IsNullOrWhiteSpace(note)) return new Problem("model.stage.note", "A change of stage needs a note.") { Field = "note", Remedy = "Say why." };
        if (!Moves.Contains((model.Stage, stage)))
            return new Problem("model.stage.move", $"{model.Reference} is in {model.Stage} and cannot go to {stage}.") { Field = "stage", Remedy = "The way is dev, staging, production, archived." };
        if (stage == ModelStage.Production && actor.Kind == ActorKind.User && actor.Id == model.CreatedBy)
            return new Problem("model.stage.self", "Who built a model does not put it into production.") { Remedy = "Ask a colleague to approve it." };
        if (stage == ModelStage.Production && await ReasonsFaultAsync(model, cancellationToken) is { } mute) return mute;
        var change = new StageChange(model.Id, model.Stage, stage, actor.Id, note.Trim(), clock.GetUtcNow());
        var audit = new AuditDraft(actor, "model.stageChanged", model.Reference, new Dictionary<string, string?>
        {
            ["from"] = model.Stage.ToString(),
            ["to"] = stage.ToString(),
            ["note"] = change.Note,
        })
        { Releases = [model.ReleaseHash] };
        return await models.ChangeStageAsync(model, change, audit, cancellationToken);
    }

    /// <summary>The version that a reference names.</summary>
    public async Task<Outcome<RegisteredModel>> FindAsync(string reference, CancellationToken cancellationToken)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var name = at < 0 ? reference : reference[..at];
        int? version = null;
        if (at >= 0)
        {
            if (!int.TryParse(reference.AsSpan(at + 1), out var number)) return new Problem("model.reference", $"'{reference}' is not NAME@VERSION.") { Remedy = "Write the version as a number." };
            version = number;
        }

        return await models.FindAsync(name, version, cancellationToken) is { } model
            ? model
            : new Problem("model.notFound", $"There is no model {reference}.") { Remedy = "See the registry." };
    }

    private Task SaveScorecardAsync(ModelPackage package, Actor actor, CancellationToken cancellationToken)
    {
        var scorecard = package.Scorecard;
        var audit = new AuditDraft(actor, "scorecard.imported", scorecard.Id, new Dictionary<string, string?> { ["version"] = scorecard.Version, ["scoringHash"] = scorecard.ScoringHash.Hex });
        return models.SaveScorecardAsync(scorecard.Id, scorecard.SourceText, scorecard.ScoringHash, scorecard.PresentationHash, audit, cancellationToken);
    }

    /// <summary>Every scorecard decides on applications, so whoever it declines is owed the reasons: a model that can give none, or
    /// only sampled ones, stays a challenger.</summary>
    private async Task<Problem?> ReasonsFaultAsync(RegisteredModel model, CancellationToken cancellationToken)
    {
        var reading = PackageEncoding.Read(await models.PackageAsync(model.Id, cancellationToken));
        if (!reading.TryGet(out var package, out var problems)) return problems[0];
        if (!package.Predictor.ReasonsAreExact)
            return new Problem("model.stage.reasons", $"The reasons of {model.Reference} ({model.Family}) can only be sampled; {model.ScorecardId} owes its applicants exact ones.") { Field = "stage", Remedy = "Keep it as a challenger, or promote a model with exact reasons." };
        return package.ReasonBackground.Rows == 0
            ? new Problem("model.stage.background", $"{model.Reference} has no rows to compare applicants with, so it can give no reasons for a decline.") { Field = "stage", Remedy = "Import it again with --background FILE that holds enough applicants near the cut-off." }
            : null;
    }

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
}
