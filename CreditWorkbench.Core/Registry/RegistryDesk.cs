using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.Registry;

/// <summary>Where models are registered, uploaded and moved between stages.</summary>
/// <param name="models">The registry's store.</param>
/// <param name="governance">Evidence and approvals.</param>
/// <param name="gates">Asks for evidence before a stage.</param>
/// <param name="keys">Signs what is registered.</param>
/// <param name="clock">Time of entries.</param>
public sealed class RegistryDesk(IModelStore models, IGovernanceStore governance, GateDesk gates, IPackageKeys keys, TimeProvider clock)
{
    /// <summary>Largest upload in MiB.</summary>
    public const int LargestUpload = 64;

    private static readonly HashSet<(ModelStage From, ModelStage To)> Moves =
    [
        (ModelStage.Dev, ModelStage.Staging), (ModelStage.Staging, ModelStage.Production), (ModelStage.Staging, ModelStage.Dev),
        (ModelStage.Dev, ModelStage.Archived), (ModelStage.Staging, ModelStage.Archived), (ModelStage.Production, ModelStage.Archived),
        (ModelStage.Archived, ModelStage.Production),
    ];

    private readonly PackageLoader _loader = new(keys);

    /// <summary>Registers a package as the next version of a name, signed, with the dictionary it was trained on.</summary>
    public async Task<Outcome<RegisteredModel>> RegisterAsync(string name, ModelPackage package, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        return await AddAsync(name, package, PackageEncoding.Write(package), null, actor, cancellationToken);
    }

    /// <summary>Takes a package file in as the next version of a name, in stage dev; needs <see cref="Permission.BuildModels"/>.</summary>
    /// <param name="file">A file that was exported here or elsewhere, at most <see cref="LargestUpload"/> MiB.</param>
    /// <param name="name">Name to register under; null for the scorecard's.</param>
    /// <param name="actor">Who uploads, and counts as its builder.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The version. A signed file must be signed by a known key. A file without a signature is taken in after the same checks
    /// of its content and signed here: in dev it decides nothing. Refused with the codes of <see cref="PackageLoader"/>, or
    /// <c>package.dictionary</c> where the scorecard in force has another scoring dictionary.</returns>
    public async Task<Outcome<RegisteredModel>> UploadAsync(byte[] file, string? name, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.BuildModels) is { } refusal) return refusal;
        if (file.Length > LargestUpload << 20) return RegistryProblems.TooLarge(LargestUpload);
        var signer = "none";
        ModelPackage? package;
        if (SignedPackage.IsSigned(file))
        {
            if (!_loader.Verify(file).TryGet(out var verified, out var refused)) return Outcome<RegisteredModel>.Refused(refused);
            (package, signer) = (verified.Package, verified.Key.Id);
        }
        else if (!PackageEncoding.Read(file).TryGet(out package, out var unreadable)) return Outcome<RegisteredModel>.Refused(unreadable);

        var bytes = PackageEncoding.Write(package);
        if (!Release.Open(package, Describe(name ?? package.Scorecard.Id, package, ContentHash.Of(bytes), actor)).TryGet(out _, out var unfit)) return Outcome<RegisteredModel>.Refused(unfit);
        if (await InForceAsync(package.Scorecard.Id, cancellationToken) is { } current && current != package.Scorecard.ScoringHash)
            return PackageProblems.OtherDictionary(package.Scorecard.Id, package.Scorecard.ScoringHash, current);
        return await AddAsync(name ?? package.Scorecard.Id, package, bytes, signer, actor, cancellationToken);
    }

    /// <summary>Moves a version to a stage. Staging and production ask for evidence; production also for a person who neither had a hand in the
    /// model nor asked for its approval, and closes the open request.</summary>
    /// <param name="reference">NAME@VERSION; a bare name is its latest version.</param>
    /// <param name="stage">Where to.</param>
    /// <param name="note">Why.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<RegisteredModel>> ChangeStageAsync(string reference, ModelStage stage, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (!(await FindAsync(reference, cancellationToken)).TryGet(out var model, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
        if (string.IsNullOrWhiteSpace(note)) return RegistryProblems.NoteMissing;
        if (!Moves.Contains((model.Stage, stage)))
            return new Problem("model.stage.move", $"{model.Reference} is in {model.Stage} and cannot go to {stage}.") { Field = "stage", Remedy = "The way is dev, staging, production, archived." };
        var approval = stage == ModelStage.Production ? await ApprovalAsync(model, note, actor, cancellationToken) : null;
        if (approval is not null && FourEyes.Refusal(actor, await models.BuildersAsync(model, cancellationToken), approval.RequestedBy) is { } own) return own;
        if (stage is ModelStage.Staging or ModelStage.Production)
        {
            if (await InForceAsync(model.ScorecardId, cancellationToken) is { } current && current != model.ScoringHash) return RegistryProblems.DictionaryMoved(model);
            if (!(await gates.RequireAsync(model, stage, note, actor, cancellationToken)).TryGet(out _, out problems)) return Outcome<RegisteredModel>.Refused(problems);
        }

        var change = new StageChange(model.Id, model.Stage, stage, actor.Id, note.Trim(), clock.GetUtcNow()) { Approval = approval };
        return await models.ChangeStageAsync(model, change, Entry(actor, "model.stageChanged", model, ("from", model.Stage.ToString()), ("to", stage.ToString()), ("note", change.Note)), cancellationToken);
    }

    /// <summary>Null when the actor may let a version decide, as far as people are concerned; else the refusal that a promotion would meet.</summary>
    public async Task<Problem?> FourEyesAsync(RegisteredModel model, Actor actor, CancellationToken cancellationToken)
    {
        var open = (await governance.ApprovalsAsync(model.Id, cancellationToken)).FirstOrDefault(approval => approval.State == ApprovalState.Open);
        return FourEyes.Refusal(actor, await models.BuildersAsync(model, cancellationToken), open?.RequestedBy);
    }

    /// <summary>What stands between a version and a stage, without moving it: a challenger that decides for a share of the applicants needs the
    /// evidence of production.</summary>
    /// <returns>The gates as they stand; refused with one problem per failed gate.</returns>
    public Task<Outcome<IReadOnlyList<GateResult>>> EvidenceAsync(RegisteredModel model, ModelStage stage, string note, Actor actor, CancellationToken cancellationToken) =>
        gates.RequireAsync(model, stage, note, actor, cancellationToken);

    /// <summary>Brings the release back that the last promotion replaced, in one step; the one that decides now is archived.</summary>
    /// <param name="scorecardId">Scorecard.</param>
    /// <param name="note">Why.</param>
    /// <param name="actor">Who, a person; needs <see cref="Permission.PromoteModels"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The release that decides from now on; <c>model.stage.person</c> where nobody is named; <c>model.rollback.none</c> where there is no earlier one.</returns>
    /// <remarks>Evidence and approval of that release stand since it was promoted. Its dictionary comes back with it.</remarks>
    public async Task<Outcome<RegisteredModel>> RollBackAsync(string scorecardId, string note, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        if (actor.Kind != ActorKind.User) return RegistryProblems.NoPerson;
        if (string.IsNullOrWhiteSpace(note)) return RegistryProblems.NoteMissing;
        var changes = await models.ChangesAsync(scorecardId, cancellationToken);
        if (ReleaseHistory.Before(changes) is not { } earlier) return RegistryProblems.NothingBefore(scorecardId);
        var loaded = _loader.Load(await models.PackageAsync(earlier.Id, cancellationToken), earlier).Then(package => Release.Open(package, earlier));
        if (!loaded.TryGet(out var release, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
        var former = changes.Select(entry => entry.Model).FirstOrDefault(model => model.Stage == ModelStage.Production);
        var change = new StageChange(earlier.Id, earlier.Stage, ModelStage.Production, actor.Id, note.Trim(), clock.GetUtcNow()) { IsRollback = true };
        var audit = Entry(actor, "model.rolledBack", earlier, ("scorecard", scorecardId), ("replaced", former?.Reference ?? "none"), ("note", change.Note));
        if (!(await models.ChangeStageAsync(earlier, change, audit, cancellationToken)).TryGet(out var back, out problems)) return Outcome<RegisteredModel>.Refused(problems);
        if (await InForceAsync(scorecardId, cancellationToken) != earlier.ScoringHash) await SaveScorecardAsync(release.Package, actor, cancellationToken);
        return back;
    }

    /// <summary>All versions, newest first; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<RegisteredModel>>> ListAsync(string? scorecardId, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<RegisteredModel>>.Success(await models.ListAsync(scorecardId, cancellationToken));

    /// <summary>Which release decided for a scorecard when, oldest first; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<IReadOnlyList<ReleaseReign>>> ReignsAsync(string scorecardId, Actor actor, CancellationToken cancellationToken) =>
        actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<ReleaseReign>>.Success(ReleaseHistory.Of(await models.ChangesAsync(scorecardId, cancellationToken)));

    /// <summary>The release that decided for a scorecard at an instant; needs <see cref="Permission.ReadModels"/>.</summary>
    /// <returns>The reign; <c>model.none</c> where no release was in production then.</returns>
    public async Task<Outcome<ReleaseReign>> DecidedAtAsync(string scorecardId, DateTimeOffset instant, Actor actor, CancellationToken cancellationToken) =>
        (await ReignsAsync(scorecardId, actor, cancellationToken)).Then<ReleaseReign>(reigns => ReleaseHistory.At(reigns, instant) is { } reign
            ? reign
            : new Problem("model.none", $"No model was in production for scorecard {scorecardId} then.") { Remedy = "Choose another time." });

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

    private async Task<Outcome<RegisteredModel>> AddAsync(string name, ModelPackage package, byte[] bytes, string? uploadedUnder, Actor actor, CancellationToken cancellationToken)
    {
        if (!IsName(name))
            return new Problem("model.name", $"'{name}' is not a name: letters, digits, dots and hyphens, at most 64.") { Field = "name", Remedy = "Choose another name." };
        var hash = ContentHash.Of(bytes);
        if ((await models.ListAsync(package.Scorecard.Id, cancellationToken)).FirstOrDefault(known => known.PackageHash == hash && known.Name == name) is { } same) return same;
        if (!SignedPackage.Sign(bytes, package, keys).TryGet(out var signed, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
        await SaveScorecardAsync(package, actor, cancellationToken);
        var model = Describe(name, package, hash, actor) with { SignedBy = signed.Signature.KeyId };
        var audit = new AuditDraft(actor, uploadedUnder is null ? "model.registered" : "model.uploaded", name, new Dictionary<string, string?>
        {
            ["scorecard"] = package.Scorecard.Id,
            ["family"] = package.Lineage.Family,
            ["package"] = hash.Hex,
            ["key"] = signed.Signature.KeyId,
            ["uploadedKey"] = uploadedUnder,
            ["data"] = package.Lineage.DataHash,
        })
        { Releases = [model.ReleaseHash] };
        return await models.AddAsync(model, signed.ToBytes(), audit, cancellationToken);
    }

    private RegisteredModel Describe(string name, ModelPackage package, ContentHash hash, Actor actor)
    {
        var now = clock.GetUtcNow();
        return RegisteredModel.Of(Guid.CreateVersion7(now), name, package, hash, actor.Id, now);
    }

    private async Task<Approval> ApprovalAsync(RegisteredModel model, string note, Actor actor, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var open = (await governance.ApprovalsAsync(model.Id, cancellationToken)).FirstOrDefault(approval => approval.State == ApprovalState.Open)
            ?? new Approval { Id = Guid.CreateVersion7(now), ModelId = model.Id, RequestedAt = now };
        return open with { State = ApprovalState.Approved, DecidedBy = actor.Id, DecidedAt = now, Note = note.Trim() };
    }

    // The store only holds dictionaries that were checked on the way in.
    private async Task<ContentHash?> InForceAsync(string scorecardId, CancellationToken cancellationToken) =>
        (await models.ScorecardsAsync(cancellationToken)).TryGetValue(scorecardId, out var text) && ScorecardReader.Read(text, scorecardId).TryGet(out var definition, out _) ? definition.ScoringHash : null;

    private Task SaveScorecardAsync(ModelPackage package, Actor actor, CancellationToken cancellationToken)
    {
        var scorecard = package.Scorecard;
        var audit = new AuditDraft(actor, "scorecard.imported", scorecard.Id, new Dictionary<string, string?> { ["version"] = scorecard.Version, ["scoringHash"] = scorecard.ScoringHash.Hex });
        return models.SaveScorecardAsync(scorecard.Id, scorecard.SourceText, scorecard.ScoringHash, scorecard.PresentationHash, audit, cancellationToken);
    }

    private static AuditDraft Entry(Actor actor, string kind, RegisteredModel model, params (string Name, string Value)[] facts) =>
        new(actor, kind, model.Reference, facts.ToDictionary(fact => fact.Name, fact => (string?)fact.Value)) { Releases = [model.ReleaseHash] };

    private static bool IsName(string name) =>
        name.Length is > 0 and <= 64 && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-' or '_');
}
