using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>A package with its manifest and the signature over it: what the registry keeps, exports and takes in.</summary>
/// <param name="Content">The package; its hash is the identity, whoever signed it.</param>
/// <param name="Manifest">Bytes of <see cref="PackageManifest"/>.</param>
/// <param name="Signature">Signature over the manifest.</param>
/// <remarks>As a file: sections <c>key</c>, <c>manifest</c>, <c>package</c> and <c>signature</c> in the form of
/// <see cref="PackageContainer"/> behind the magic number <c>CWBS</c>. Packages of programs that did not sign begin with <c>CWBP</c> and
/// can still be read, but are never served.</remarks>
public sealed record SignedPackage(byte[] Content, byte[] Manifest, PackageSignature Signature)
{
    private static readonly byte[] Magic = "CWBS"u8.ToArray();

    /// <summary>Whether a file says that it is signed.</summary>
    public static bool IsSigned(ReadOnlySpan<byte> file) => file.StartsWith(Magic);

    /// <summary>Signs a package.</summary>
    public static Outcome<SignedPackage> Sign(byte[] content, ModelPackage package, IPackageKeys keys) =>
        PackageManifest.Of(content, package).Then<SignedPackage>(manifest => new SignedPackage(content, manifest, keys.Sign(manifest)));

    /// <summary>The file.</summary>
    public byte[] ToBytes() => PackageContainer.Write(
        new Dictionary<string, byte[]>
        {
            ["key"] = Encoding.UTF8.GetBytes(Signature.KeyId),
            ["manifest"] = Manifest,
            ["package"] = Content,
            ["signature"] = Signature.Bytes,
        }, Magic);

    /// <summary>Reads a file; refuses what is damaged or not signed. Nothing is verified.</summary>
    public static Outcome<SignedPackage> Read(ReadOnlySpan<byte> file)
    {
        if (!IsSigned(file)) return PackageContainer.Read(file).Then<SignedPackage>(_ => PackageProblems.Unsigned);
        if (!PackageContainer.Read(file, Magic).TryGet(out var sections, out var problems)) return Outcome<SignedPackage>.Refused(problems);
        return sections.TryGetValue("key", out var key) && sections.TryGetValue("manifest", out var manifest)
            && sections.TryGetValue("package", out var package) && sections.TryGetValue("signature", out var signature) && sections.Count == 4
            ? new SignedPackage(package, manifest, new PackageSignature(Encoding.UTF8.GetString(key), signature))
            : PackageProblems.Unsigned;
    }

    /// <summary>The package inside a file, signed or not.</summary>
    public static Outcome<byte[]> ContentOf(byte[] file) => IsSigned(file) ? Read(file).Then<byte[]>(signed => signed.Content) : file;
}
