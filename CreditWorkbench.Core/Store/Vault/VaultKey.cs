using System.Security.Cryptography;
using System.Text;
using CreditWorkbench.Core.Store.Keys;

namespace CreditWorkbench.Core.Store.Vault;

/// <summary>The vault's own key, in a file of its own beside the ring: whoever holds the ring cannot read the vault with it.</summary>
internal sealed class VaultKey
{
    private const string FileName = "vault.key";
    private readonly byte[] _key;

    private VaultKey(byte[] key) => _key = key;

    /// <summary>Tells keys apart without telling anything about them.</summary>
    public string Fingerprint => Convert.ToHexStringLower(HMACSHA256.HashData(_key, "vault"u8)[..8]);

    /// <summary>Reads the key, or makes the first one; safe when two processes start at once.</summary>
    /// <exception cref="InvalidDataException">The file is not a key.</exception>
    public static VaultKey Open(string directory)
    {
        var path = Path.Combine(directory, FileName);
        PrivateFile.CreateOnce(path, file => file.Write(RandomNumberGenerator.GetBytes(Envelope.KeySize)));
        var key = File.ReadAllBytes(path);
        return key.Length == Envelope.KeySize ? new VaultKey(key) : throw new InvalidDataException($"{path} is damaged. Restore it from the backup of the keys.");
    }

    /// <summary>Seals a value; application and input are bound, so that it opens nowhere else.</summary>
    public byte[] Seal(string value, Guid applicationId, string input) => Envelope.Seal(_key, Encoding.UTF8.GetBytes(value), Place(applicationId, input));

    /// <exception cref="CryptographicException">Another key, application or input, or altered bytes.</exception>
    public string Open(byte[] sealedBytes, Guid applicationId, string input) => Encoding.UTF8.GetString(Envelope.Open(_key, sealedBytes, Place(applicationId, input)));

    private static byte[] Place(Guid applicationId, string input) => Envelope.Place($"vault.{input}", applicationId);
}
