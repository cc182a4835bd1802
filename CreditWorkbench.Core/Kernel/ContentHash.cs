using System.Security.Cryptography;
using System.Text;

namespace CreditWorkbench.Core.Kernel;

/// <summary>SHA-256 of some bytes: the identity of packages, dictionaries, data sets and texts.</summary>
/// <param name="Hex">64 lower-case hexadecimal digits.</param>
public readonly record struct ContentHash(string Hex)
{
    /// <summary>First twelve digits, for people.</summary>
    public string Short => Hex[..12];

    /// <summary>Hash of bytes.</summary>
    public static ContentHash Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)));

    /// <summary>Hash of a text's UTF-8 bytes.</summary>
    public static ContentHash Of(string text) => Of(Encoding.UTF8.GetBytes(text));

    /// <inheritdoc/>
    public override string ToString() => Hex;
}
