using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CreditWorkbench.Web.Endpoints;

/// <summary>Counts requests of one caller over the last sixty seconds, to the second.</summary>
public sealed class RequestWindow
{
    private const int Seconds = 60;
    private readonly Lock _gate = new();
    private readonly int[] _counts = new int[Seconds];
    private long _newest;
    private int _sum;

    /// <summary>The second of the last request.</summary>
    public long Newest
    {
        get { lock (_gate) return _newest; }
    }

    /// <summary>Counts one more request unless the limit is reached.</summary>
    /// <param name="second">Now.</param>
    /// <param name="limit">Requests in sixty seconds.</param>
    /// <returns>0 when it was counted; else the seconds until there is room again.</returns>
    public int Take(long second, int limit)
    {
        lock (_gate)
        {
            Move(second);
            if (_sum >= limit) return Wait(second);
            _counts[second % Seconds]++;
            _sum++;
            return 0;
        }
    }

    /// <summary>Requests of the last sixty seconds.</summary>
    public int At(long second)
    {
        lock (_gate)
        {
            Move(second);
            return _sum;
        }
    }

    private void Move(long second)
    {
        if (second <= _newest) return;
        for (var passed = Math.Max(_newest + 1, second - Seconds + 1); passed <= second; passed++)
        {
            _sum -= _counts[passed % Seconds];
            _counts[passed % Seconds] = 0;
        }

        _newest = second;
    }

    private int Wait(long second)
    {
        // The oldest second that holds anything leaves first.
        for (var ahead = 1; ahead < Seconds; ahead++)
        {
            if (_counts[(second + ahead) % Seconds] > 0) return ahead;
        }

        return Seconds;
    }
}

/// <summary>Requests a minute of every caller: per key, per person, and per network address for calls without credentials.</summary>
public sealed class ApiWindows(TimeProvider time, ApiSettings settings)
{
    private const int Bound = 20_000;
    private readonly ConcurrentDictionary<Guid, RequestWindow> _callers = new();
    private readonly ConcurrentDictionary<Guid, RequestWindow> _addresses = new();

    private long Second => time.GetTimestamp() / time.TimestampFrequency;

    /// <summary>Counts a request of a caller; seconds to wait when the limit is reached, else 0.</summary>
    public int Take(Guid caller, int? limit) => Take(_callers, caller, limit ?? settings.RequestsPerMinute);

    /// <summary>Counts a request without credentials.</summary>
    public int Take(IPAddress? address) => Take(_addresses, KeyOf(address), settings.RequestsPerMinute);

    /// <summary>Whether an address has used up its requests without good credentials.</summary>
    public bool Exhausted(IPAddress? address) => _addresses.TryGetValue(KeyOf(address), out var window) && window.At(Second) >= settings.RequestsPerMinute;

    /// <summary>Requests of a caller in the last minute, as counted by this process.</summary>
    public int Used(Guid caller) => _callers.TryGetValue(caller, out var window) ? window.At(Second) : 0;

    private int Take(ConcurrentDictionary<Guid, RequestWindow> windows, Guid key, int limit)
    {
        var second = Second;
        if (!windows.TryGetValue(key, out var window))
        {
            if (windows.Count >= Bound) Forget(windows, second);
            window = windows.GetOrAdd(key, _ => new RequestWindow());
        }

        return window.Take(second, limit);
    }

    private static void Forget(ConcurrentDictionary<Guid, RequestWindow> windows, long second)
    {
        foreach (var (key, window) in windows)
        {
            if (second - window.Newest > 60) windows.TryRemove(key, out _);
        }
    }

    // A network of IPv6 gives a customer at least a /64: addresses within it are one caller.
    private static Guid KeyOf(IPAddress? address)
    {
        Span<byte> bytes = stackalloc byte[16];
        bytes.Clear();
        if (address is null) return Guid.Empty;
        address.MapToIPv6().TryWriteBytes(bytes, out _);
        if (address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }) bytes[8..].Clear();
        return new Guid(bytes);
    }
}
