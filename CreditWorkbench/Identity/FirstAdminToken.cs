using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CreditWorkbench.Web.Identity;

/// <summary>The one-time token that makes the first admin of a new installation; written to the log at start, gone after use.</summary>
public sealed class FirstAdminToken
{
    private readonly Lock _gate = new();
    private byte[]? _hash;

    /// <summary>Whether a first admin can be made now.</summary>
    public bool Open
    {
        get { lock (_gate) return _hash is not null; }
    }

    /// <summary>Makes a new token; an older one is worth nothing any more.</summary>
    public string Issue()
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        lock (_gate) _hash = SHA256.HashData(Encoding.UTF8.GetBytes(token));
        return token;
    }

    /// <summary>Whether a token is the one that was issued.</summary>
    public bool Fits(string? token)
    {
        lock (_gate)
            return _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(token ?? "")));
    }

    /// <summary>Uses the token up: true for one caller only.</summary>
    public bool Redeem(string? token)
    {
        lock (_gate)
        {
            if (_hash is null || !CryptographicOperations.FixedTimeEquals(_hash, SHA256.HashData(Encoding.UTF8.GetBytes(token ?? "")))) return false;
            _hash = null;
            return true;
        }
    }
}
