using System.Security.Cryptography;
using System.Text;

namespace CreditWorkbench.Web.Identity;

/// <summary>The text of a key: <c>cwk_</c>, the identity of the key (32 hexadecimal digits), an underscore, the secret (43 letters and digits, 256 bits).</summary>
/// <param name="Id">Identity of the key.</param>
/// <param name="Secret">What only the client knows.</param>
public sealed record ApiKeyText(Guid Id, string Secret)
{
    private const string Prefix = "cwk_";
    private const int IdLength = 32;
    private const int SecretLength = 43;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>A new one. 43 of 62 characters hold 256 bits.</summary>
    public static ApiKeyText New(Guid id) => new(id, RandomNumberGenerator.GetString(Alphabet, SecretLength));

    /// <summary>Reads a key; null when the text is none.</summary>
    public static ApiKeyText? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == Prefix.Length + IdLength + 1 + SecretLength && text.StartsWith(Prefix, StringComparison.Ordinal) && text[Prefix.Length + IdLength] == '_'
            && Guid.TryParseExact(text.AsSpan(Prefix.Length, IdLength), "N", out var id)
            ? new ApiKeyText(id, text[^SecretLength..])
            : null;
    }

    /// <summary>What of a key may be shown and logged.</summary>
    public static string Visible(Guid id) => Prefix + id.ToString("n");

    /// <summary>SHA-256 of the secret. A secret of 256 random bits needs neither salt nor a slow hash.</summary>
    public byte[] Hash() => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    /// <summary>Whether the secret is the one that a hash was made of.</summary>
    public bool Fits(ReadOnlySpan<byte> hash)
    {
        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> bytes = stackalloc byte[SecretLength * 3];
        SHA256.HashData(bytes[..Encoding.UTF8.GetBytes(Secret, bytes)], own);
        return CryptographicOperations.FixedTimeEquals(own, hash);
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Visible(Id)}_{Secret}";
}
