using System.Security.Cryptography;
using System.Text.Json;

namespace CreditWorkbench.Core.Store.Keys;

/// <summary>The key ring as a file that only the service's own account can read. Whoever loses it loses every encrypted value: it is backed
/// up apart from the database. All nodes of one store share the same file content.</summary>
internal static class KeyRingFile
{
    private const string FileName = "ring.json";

    /// <summary>Reads the ring, or makes the first one; safe when two processes start at once.</summary>
    /// <exception cref="InvalidDataException">The file is not a key ring.</exception>
    public static KeyRing Open(string directory)
    {
        var path = Path.Combine(directory, FileName);
        PrivateFile.CreateOnce(path, file => JsonSerializer.Serialize(file, new Content(1, 1, new() { ["1"] = NewKey() }, NewKey(), NewKey())));
        return Read(path);
    }

    private static KeyRing Read(string path)
    {
        try
        {
            var ring = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path));
            if (ring is { Format: 1 }) return new KeyRing(ring.Current, ring.Keys.ToDictionary(key => uint.Parse(key.Key, null), key => key.Value), ring.Index, ring.Audit);
        }
        catch (Exception error) when (error is JsonException or FormatException or ArgumentException)
        {
            throw new InvalidDataException($"{path} is damaged. Restore it from the backup of the keys.", error);
        }

        throw new InvalidDataException($"{path} has a format that this version of the program does not know.");
    }

    private static byte[] NewKey() => RandomNumberGenerator.GetBytes(Envelope.KeySize);

    private sealed record Content(int Format, uint Current, Dictionary<string, byte[]> Keys, byte[] Index, byte[] Audit);
}
