using Microsoft.Extensions.Options;

namespace CreditWorkbench.Web.Hosting;

/// <summary>The time of the organisation: now, and the zone in which screens show instants.</summary>
public sealed class OrganisationClock(TimeProvider time, IOptions<WorkbenchOptions> options)
{
    /// <summary>Zone of clocks and day buckets.</summary>
    public TimeZoneInfo Zone { get; } = TimeZoneInfo.TryFindSystemTimeZoneById(options.Value.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Now, UTC.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Today in the organisation's zone.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).DateTime);
}
