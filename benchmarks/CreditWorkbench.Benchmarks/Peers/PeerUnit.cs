using System.Text.Json.Serialization;

namespace CreditWorkbench.Benchmarks.Peers;

/// <summary>What a row's figures are in.</summary>
internal enum PeerUnit
{
    /// <summary>Wall seconds of the whole work; less is faster.</summary>
    [JsonStringEnumMemberName("s")]
    Seconds,
    /// <summary>Rows per wall second; more is faster.</summary>
    [JsonStringEnumMemberName("rows/s")]
    RowsPerSecond,
    /// <summary>Microseconds of one call; less is faster.</summary>
    [JsonStringEnumMemberName("us")]
    Microseconds,
}
