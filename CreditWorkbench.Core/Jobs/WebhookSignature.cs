using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Signatures of what is sent: HMAC-SHA256 under the webhook's secret over the time, a dot and the body, so that nobody else can send it and an old
/// message cannot be sent again.</summary>
public static class WebhookSignature
{
    /// <summary>Header of the time, in seconds of Unix.</summary>
    public const string TimeHeader = "X-Workbench-Timestamp";

    /// <summary>Header of the signature.</summary>
    public const string Header = "X-Workbench-Signature";

    /// <summary>Age at which a receiver should refuse a message.</summary>
    public static TimeSpan Tolerance { get; } = TimeSpan.FromMinutes(5);

    private const string Version = "v1=";

    /// <summary>Signs a body.</summary>
    public static string Of(string secret, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeSeconds()}.")));
        hash.AppendData(body);
        return Version + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Checks a body as a receiver does.</summary>
    /// <param name="secret">The webhook's secret.</param>
    /// <param name="time">Header of the time.</param>
    /// <param name="signature">Header of the signature.</param>
    /// <param name="body">Bytes as they came.</param>
    /// <param name="now">The receiver's time.</param>
    public static bool IsValid(string secret, string? time, string? signature, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (signature is null || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > 253_402_300_799) return false;
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return (now - at).Duration() <= Tolerance && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(signature), Encoding.UTF8.GetBytes(Of(secret, at, body)));
    }
}
