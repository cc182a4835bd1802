using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>A package with its manifest and the signature over it: what the registry keeps, exports and takes in.</summary>
/// <param name="Content">The package, a part of the file where it was read from one; its hash is the identity, whoever signed it.</param>
/// <param name="Manifest">Bytes of <see cref="PackageManifest"/>.</param>
/// <param name="Signature">Signature over the manifest.</param>
/// <remarks>As a file: sections <c>key</c>, <c>manifest</c>, <c>package</c> and <c>signature</c> in the form of
/// <see cref="PackageContainer"/> behind the magic number <c>CWBS</c>. Packages of programs that did not sign begin with <c>CWBP</c> and
/// can still be read, but are never served.</remarks>
public sealed record SignedPackage(ReadOnlyMemory<byte> Content, byte[] Manifest, PackageSignature Signature)
{
    private static readonly byte[] Magic = "CWBS"u8.ToArray();

    /// <summary>Whether a file says that it is signed.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    /// <summary>Signs a package.</summary>
    public static Outcome<SignedPackage> Sign(byte[] content, ModelPackage package, IPackageKeys keys) =>
        PackageContainer.Cut(content).Then<SignedPackage>(cut => Sign(content, PackageManifest.Of(cut, package), keys));

    private static SignedPackage Sign(byte[] content, byte[] manifest, IPackageKeys keys) => new(content, manifest, keys.Sign(manifest));

    /// <summary>The file.</summary>
    public byte[] ToBytes() => PackageContainer.Write(
        new Dictionary<string, byte[]>
        {
            ["key"] = Encoding.UTF8.GetBytes(Signature.KeyId),
            ["manifest"] = Manifest,
            ["package"] = Content.ToArray(),
            ["signature"] = Signature.Bytes,
        }, Magic);

    /// <summary>Reads a file; refuses what is damaged or not signed. Nothing is verified.</summary>
    public static Outcome<SignedPackage> Read(ReadOnlyMemory<byte> file)
    {
        if (!IsSigned(file.Span)) return PackageContainer.Cut(file).Then<SignedPackage>(_ => PackageProblems.Unsigned);
        if (!PackageContainer.Cut(file, Magic).TryGet(out var cut, out var problems)) return Outcome<SignedPackage>.Refused(problems);
        var sections = cut.Sections;
        return sections.TryGetValue("key", out var key) && sections.TryGetValue("manifest", out var manifest)
            && sections.TryGetValue("package", out var package) && sections.TryGetValue("signature", out var signature) && sections.Count == 4
            ? new SignedPackage(package, manifest.ToArray(), new PackageSignature(Encoding.UTF8.GetString(key.Span), signature.ToArray()))
            : PackageProblems.Unsigned;
    }

    /// <summary>The package inside a file, signed or not.</summary>
    public static Outcome<byte[]> ContentOf(byte[] file) => IsSigned(file) ? Read(file).Then<byte[]>(signed => signed.Content.ToArray()) : file;
}
