namespace CreditWorkbench.Core.Staging;

/// <summary>Encrypts what lies in the zones under the installation's own key.</summary>
public interface IZoneSealer
{
    /// <summary>Encrypts a block.</summary>
    /// <param name="plain">Bytes.</param>
    /// <param name="place">Where the block stands; it opens nowhere else.</param>
    /// <param name="file">Identity of the file.</param>
    byte[] Seal(ReadOnlySpan<byte> plain, string place, Guid file);

    /// <summary>Decrypts a block.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">Another key, another place, or altered bytes.</exception>
    byte[] Open(ReadOnlySpan<byte> sealedBytes, string place, Guid file);
}
