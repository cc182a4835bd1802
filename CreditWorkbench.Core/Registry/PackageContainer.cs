using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Registry;

/// <summary>The outer form of a model package: named sections between a magic number and a hash.</summary>
/// <remarks>
/// All integers little-endian. <c>"CWBP"</c>, format version (uint16), section count (uint16); per section: length of the name (uint16), name
/// in UTF-8, length of the content (int64), content; at the end SHA-256 over everything before it. Sections stand in ascending
/// ordinal order of their names, so the same content has one encoding.
/// </remarks>
public static class PackageContainer
{
    /// <summary>Version that is written; every earlier one is read.</summary>
    public const ushort FormatVersion = 1;

    private const int HashLength = 32;
    private static readonly byte[] Magic = "CWBP"u8.ToArray();

    /// <summary>Encodes sections.</summary>
    public static byte[] Write(IReadOnlyDictionary<string, byte[]> sections) => Write(sections, Magic);

    /// <summary>Encodes sections behind another magic number.</summary>
    internal static byte[] Write(IReadOnlyDictionary<string, byte[]> sections, ReadOnlySpan<byte> magic)
    {
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        writer.Write(magic);
        writer.Write(FormatVersion);
        writer.Write((ushort)sections.Count);
        foreach (var (name, content) in sections.OrderBy(section => section.Key, StringComparer.Ordinal))
        {
            var utf8 = Encoding.UTF8.GetBytes(name);
            writer.Write((ushort)utf8.Length);
            writer.Write(utf8);
            writer.Write(content.LongLength);
            writer.Write(content);
        }

        writer.Flush();
        writer.Write(SHA256.HashData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length)));
        writer.Flush();
        return buffer.ToArray();
    }

    /// <summary>Decodes sections; refuses what is not a package, is altered, or comes from a newer version.</summary>
    public static Outcome<IReadOnlyDictionary<string, byte[]>> Read(ReadOnlySpan<byte> package) =>
        Cut(package.ToArray()).Then(cut => Outcome<IReadOnlyDictionary<string, byte[]>>.Success(cut.Sections.ToDictionary(section => section.Key, section => section.Value.ToArray(), StringComparer.Ordinal)));

    /// <summary>Decodes sections without copying them: they are parts of the bytes that are passed in.</summary>
    /// <param name="package">Bytes, which nobody changes afterwards.</param>
    internal static Outcome<PackageSections> Cut(ReadOnlyMemory<byte> package) => Cut(package, Magic);

    /// <summary>Decodes sections behind another magic number.</summary>
    internal static Outcome<PackageSections> Cut(ReadOnlyMemory<byte> package, ReadOnlySpan<byte> magic)
    {
        var bytes = package.Span;
        if (bytes.Length < magic.Length + 4 + HashLength || !bytes.StartsWith(magic))
            return new Problem("package.notAPackage", "This file is not a model package.") { Remedy = "Choose a file that was exported from the registry." };
        var body = bytes[..^HashLength];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(body);
        if (!CryptographicOperations.FixedTimeEquals(hash.GetCurrentHash(), bytes[^HashLength..]))
            return new Problem("package.altered", "The package does not match its hash: it is damaged or was changed.") { Remedy = "Fetch it again from where it was registered; an altered package is never loaded." };
        var version = BinaryPrimitives.ReadUInt16LittleEndian(body[4..]);
        if (version != FormatVersion) return new Problem("package.version", $"The package has format version {version}; this program reads up to {FormatVersion}.") { Remedy = "Use a newer program." };
        hash.AppendData(bytes[^HashLength..]);
        var content = new ContentHash(Convert.ToHexStringLower(hash.GetHashAndReset()));
        return SectionsOf(package[..^HashLength]).Then<PackageSections>(sections => new PackageSections(content, sections));
    }

    private static Outcome<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>> SectionsOf(ReadOnlyMemory<byte> body)
    {
        var sections = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        int count = BinaryPrimitives.ReadUInt16LittleEndian(body.Span[6..]);
        var rest = body[8..];
        for (var i = 0; i < count; i++)
        {
            if (!TryReadSection(ref rest, out var name, out var content) || !sections.TryAdd(name, content))
                return new Problem("package.malformed", $"Section {i + 1} of {count} of the package cannot be read.") { Remedy = "Fetch it again from where it was registered." };
        }

        return rest.IsEmpty
            ? Outcome<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>.Success(sections)
            : new Problem("package.malformed", $"{rest.Length} bytes follow the last section of the package.") { Remedy = "Fetch it again from where it was registered." };
    }

    private static bool TryReadSection(ref ReadOnlyMemory<byte> rest, out string name, out ReadOnlyMemory<byte> content)
    {
        (name, content) = ("", default);
        if (rest.Length < 2) return false;
        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(rest.Span);
        if (rest.Length < 2 + nameLength + 8) return false;
        name = Encoding.UTF8.GetString(rest.Span.Slice(2, nameLength));
        var contentLength = BinaryPrimitives.ReadInt64LittleEndian(rest.Span[(2 + nameLength)..]);
        rest = rest[(2 + nameLength + 8)..];
        if (contentLength < 0 || contentLength > rest.Length) return false;
        content = rest[..(int)contentLength];
        rest = rest[(int)contentLength..];
        return true;
    }
}

/// <summary>The sections of a package as parts of its bytes.</summary>
/// <param name="Content">Hash of the whole package.</param>
/// <param name="Sections">Content of each section by its name.</param>
internal sealed record PackageSections(ContentHash Content, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Sections);
