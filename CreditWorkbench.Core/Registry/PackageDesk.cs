using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>A package on its way out.</summary>
/// <param name="FileName">Name for the file.</param>
/// <param name="Bytes">Signed package.</param>
public sealed record ExportedPackage(string FileName, byte[] Bytes);

/// <summary>Where packages leave, where earlier ones are signed, and where signing keys are looked after.</summary>
/// <param name="models">The registry's store.</param>
/// <param name="keys">Signing keys.</param>
/// <param name="trail">Where changes of keys are written down.</param>
public sealed class PackageDesk(IModelStore models, IPackageKeys keys, IAuditTrail trail)
{
    private readonly PackageLoader _loader = new(keys);

    /// <summary>The signed package of a version with its manifest, verified on the way out; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<ExportedPackage>> ExportAsync(RegisteredModel model, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        var file = await models.PackageAsync(model.Id, cancellationToken);
        if (!_loader.Load(file, model).TryGet(out _, out var problems)) return Outcome<ExportedPackage>.Refused(problems);
        await trail.AppendAsync([Entry(actor, "model.exported", model)], cancellationToken);
        return new ExportedPackage($"{model.Name}-{model.Version}.cwb", file);
    }

    /// <summary>The package of a version, verified; needs <see cref="Permission.ReadModels"/>.</summary>
    public async Task<Outcome<VerifiedPackage>> OpenAsync(RegisteredModel model, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ReadModels) is { } refusal) return refusal;
        var file = await models.PackageAsync(model.Id, cancellationToken);
        return _loader.Load(file, model).Then(_ => _loader.Verify(file));
    }

    /// <summary>Signs a version that an earlier program registered without a signature, once its content was checked: it has the registered
    /// hash, opens, and was made for the registered dictionary. Needs <see cref="Permission.PromoteModels"/>; a signed one stays as it is.</summary>
    public async Task<Outcome<RegisteredModel>> SignAsync(RegisteredModel model, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.PromoteModels) is { } refusal) return refusal;
        var file = await models.PackageAsync(model.Id, cancellationToken);
        if (SignedPackage.IsSigned(file)) return _loader.Load(file, model).Then<RegisteredModel>(_ => model);
        if (ContentHash.Of(file) != model.PackageHash) return PackageProblems.Altered;
        if (!PackageEncoding.Read(file).TryGet(out var package, out var problems)) return Outcome<RegisteredModel>.Refused(problems);
        if (package.Scorecard.ScoringHash != model.ScoringHash) return PackageProblems.OtherDictionary(model.ScorecardId, package.Scorecard.ScoringHash, model.ScoringHash);
        if (!Release.Open(package, model).TryGet(out _, out problems)) return Outcome<RegisteredModel>.Refused(problems);
        if (!SignedPackage.Sign(file, package, keys).TryGet(out var signed, out problems)) return Outcome<RegisteredModel>.Refused(problems);
        var now = model with { SignedBy = signed.Signature.KeyId };
        await models.ReplacePackageAsync(now, signed.ToBytes(), Entry(actor, "model.signed", model, ("key", signed.Signature.KeyId)), cancellationToken);
        return now;
    }

    /// <summary>Keys that are believed, own ones first; needs <see cref="Permission.ReadModels"/>.</summary>
    public Outcome<IReadOnlyList<PackageKey>> Keys(Actor actor) => actor.Lacks(Permission.ReadModels) is { } refusal ? refusal : Outcome<IReadOnlyList<PackageKey>>.Success(keys.List());

    /// <summary>Makes a new signing key; packages of the one before stay valid. Needs <see cref="Permission.ManageKeys"/>.</summary>
    public async Task<Outcome<PackageKey>> RotateAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageKeys) is { } refusal) return refusal;
        var key = keys.Rotate();
        await trail.AppendAsync([new AuditDraft(actor, "package.keyRotated", key.Id, new Dictionary<string, string?>())], cancellationToken);
        return key;
    }

    /// <summary>Believes another installation's signatures; needs <see cref="Permission.ManageKeys"/>.</summary>
    /// <param name="publicKey">SubjectPublicKeyInfo of a P-256 key.</param>
    /// <param name="name">Whose it is, at most 100 characters.</param>
    /// <param name="actor">Who trusts.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<Outcome<PackageKey>> TrustAsync(byte[] publicKey, string name, Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Lacks(Permission.ManageKeys) is { } refusal) return refusal;
        if (!PackageSigning.IsPublicKey(publicKey)) return new Problem("package.key.format", "This is no public key on P-256.") { Remedy = "Give the PEM file that `models keys --export` wrote." };
        if (name.Trim().Length is 0 or > 100) return new Problem("package.key.name", "Say whose key it is, in at most 100 characters.") { Field = "name" };
        var key = keys.Trust(publicKey, name.Trim());
        await trail.AppendAsync([new AuditDraft(actor, "package.keyTrusted", key.Id, new Dictionary<string, string?> { ["name"] = key.Name })], cancellationToken);
        return key;
    }

    private static AuditDraft Entry(Actor actor, string kind, RegisteredModel model, params (string Name, string Value)[] facts) =>
        new(actor, kind, model.Reference, facts.ToDictionary(fact => fact.Name, fact => (string?)fact.Value)) { Releases = [model.ReleaseHash] };
}
