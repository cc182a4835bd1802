using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>The one way from stored bytes to a package that may serve. Refuses, in this order: what is damaged or foreign
/// (<c>package.notAPackage</c>, <c>package.altered</c>), unsigned (<c>package.unsigned</c>), signed by an unknown key
/// (<c>package.key.unknown</c>), wrongly signed (<c>package.signature</c>), other than its manifest says (<c>package.manifest</c>), other than
/// what was registered (<c>package.altered</c>), or made for another scoring dictionary (<c>package.dictionary</c>).</summary>
/// <param name="keys">Keys whose signatures are believed.</param>
public sealed class PackageLoader(IPackageKeys keys)
{
    /// <summary>Verifies and reads a package whose registration is not known.</summary>
    /// <param name="file">Signed package. What is read keeps parts of it, so nobody changes it afterwards.</param>
    public Outcome<VerifiedPackage> Verify(ReadOnlyMemory<byte> file) => SignedPackage.Read(file).Then(signed =>
    {
        if (keys.Find(signed.Signature.KeyId) is not { } key) return PackageProblems.UnknownKey(signed.Signature.KeyId);
        if (!PackageSigning.Verify(key, signed.Manifest, signed.Signature.Bytes)) return PackageProblems.BadSignature;
        return PackageContainer.Cut(signed.Content).Then(cut => PackageEncoding.Read(cut).Then<VerifiedPackage>(package =>
            PackageManifest.Of(cut, package).AsSpan().SequenceEqual(signed.Manifest) ? new VerifiedPackage(package, cut.Content, key) { Sections = PackageManifest.SectionsOf(signed.Manifest) } : PackageProblems.BadManifest));
    });

    /// <summary>Verifies and reads the package of a registered version.</summary>
    /// <param name="file">Signed package; kept as by <see cref="Verify"/>.</param>
    /// <param name="model">Its row in the registry.</param>
    public Outcome<ModelPackage> Load(ReadOnlyMemory<byte> file, RegisteredModel model) => Verify(file).Then<ModelPackage>(verified =>
    {
        if (verified.Content != model.PackageHash) return PackageProblems.Altered;
        return verified.Package.Scorecard.ScoringHash == model.ScoringHash
            ? verified.Package
            : PackageProblems.OtherDictionary(model.ScorecardId, verified.Package.Scorecard.ScoringHash, model.ScoringHash);
    });
}

/// <summary>A package whose signature was verified.</summary>
/// <param name="Package">The package.</param>
/// <param name="Content">Hash of its bytes without signature.</param>
/// <param name="Key">Who signed.</param>
public sealed record VerifiedPackage(ModelPackage Package, ContentHash Content, PackageKey Key)
{
    /// <summary>Sections with length and hash, as the signed manifest has them.</summary>
    public IReadOnlyList<(string Name, long Bytes, string Hash)> Sections { get; init; } = [];
}
