using System.Net;
using System.Net.Sockets;
using CreditWorkbench.Core.Kernel;

namespace CreditWorkbench.Core.Jobs;

/// <summary>Which networks may be told beside the public one.</summary>
public enum PrivateNetworks
{
    /// <summary>None: addresses of this machine and of private networks are refused.</summary>
    None,
    /// <summary>This machine, also without TLS.</summary>
    Loopback,
    /// <summary>This machine and private networks.</summary>
    All,
}

/// <summary>Which addresses may be called, so that nobody makes the server call what only the server can reach.</summary>
/// <param name="allowed">Networks beside the public one.</param>
public sealed class WebhookAddresses(PrivateNetworks allowed)
{
    private const int Longest = 2000;

    /// <summary>Checks an address as it is written; where its name leads is checked at each call.</summary>
    /// <returns>The address, or <c>webhook.url</c>.</returns>
    public Outcome<Uri> Check(string text)
    {
        if (text is not { Length: > 0 and <= Longest } || !Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Host.Length == 0)
            return Odd("The address is no absolute URL.");
        if (url.UserInfo.Length > 0 || url.Fragment.Length > 0) return Odd("The address holds a user or a fragment.");
        var literal = IPAddress.TryParse(url.Host.Trim('[', ']'), out var address) ? address : null;
        if (url.Scheme == Uri.UriSchemeHttp && !(allowed != PrivateNetworks.None && IsLoopback(url, literal))) return Odd("The address is not HTTPS.");
        if (url.Scheme is not ("http" or "https")) return Odd("The address is not HTTPS.");
        if (literal is not null && !Admits(literal)) return Odd("The address lies in a network that is not called.");
        return IsLoopback(url, literal) && allowed == PrivateNetworks.None ? Odd("The address lies in a network that is not called.") : url;
    }

    /// <summary>Whether an address may be called.</summary>
    public bool Admits(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        if (IPAddress.IsLoopback(address)) return allowed != PrivateNetworks.None;
        return IsUnicast(address) && (allowed == PrivateNetworks.All || IsPublic(address));
    }

    private static bool IsLoopback(Uri url, IPAddress? literal) =>
        literal is null ? url.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || url.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) : IPAddress.IsLoopback(literal);

    private static bool IsUnicast(IPAddress address)
    {
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any) || address.Equals(IPAddress.Broadcast)) return false;
        return address.AddressFamily == AddressFamily.InterNetwork ? address.GetAddressBytes()[0] is > 0 and < 224 : !address.IsIPv6Multicast;
    }

    // Special-purpose registries of IANA; an address that wraps a version-4 one is judged by that.
    private static bool IsPublic(IPAddress address)
    {
        var b = address.GetAddressBytes();
        if (address.AddressFamily == AddressFamily.InterNetwork)
        {
            return (b[0], b[1], b[2]) switch
            {
                (0 or 127 or >= 224, _, _) => false, // reached here only wrapped: Admits has judged the bare ones
                (10, _, _) or (192, 168, _) or (169, 254, _) or (192, 0, 0) or (192, 0, 2) or (198, 51, 100) or (203, 0, 113) => false,
                (172, >= 16 and <= 31, _) or (100, >= 64 and <= 127, _) or (198, 18 or 19, _) => false,
                _ => true,
            };
        }

        if (b.AsSpan(0, 12).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0])) return IsPublic(new IPAddress(b.AsSpan(12)));
        if (b.AsSpan(0, 6).SequenceEqual((ReadOnlySpan<byte>)[0, 0x64, 0xFF, 0x9B, 0, 1])) return false; // translation of a local network (RFC 8215)
        if ((b[0], b[1]) == (0x20, 0x02)) return IsPublic(new IPAddress(b.AsSpan(2, 4)));
        var wraps = b.AsSpan(0, 12).IndexOfAnyExcept((byte)0) < 0;
        var special = (b[0], b[1], b[2], b[3]) is (0x20, 0x01, 0, 0) or (0x20, 0x01, 0x0D, 0xB8);
        return !wraps && !special && (b[0] & 0xFE) != 0xFC && !address.IsIPv6LinkLocal && !address.IsIPv6SiteLocal;
    }

    private static Problem Odd(string message) => new("webhook.url", message) { Field = "url", Remedy = "Give a public HTTPS address; others need the setting Workbench:Webhooks:Private." };
}
