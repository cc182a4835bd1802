using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace CreditWorkbench.Core.Store;

/// <summary>Whole microseconds: what both providers keep, so that an instant reads back as it was hashed.</summary>
internal static class Instants
{
    /// <summary>The instant in UTC without its last digit.</summary>
    public static DateTimeOffset ToMicroseconds(this DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}

/// <summary>UTC ticks: sortable and exact on SQLite, which has no type for instants.</summary>
internal sealed class InstantAsTicks() : ValueConverter<DateTimeOffset, long>(
    instant => instant.ToMicroseconds().UtcTicks, ticks => new DateTimeOffset(ticks, TimeSpan.Zero));

/// <summary>PostgreSQL takes offset zero only.</summary>
internal sealed class InstantAsUtc() : ValueConverter<DateTimeOffset, DateTimeOffset>(instant => instant.ToMicroseconds(), instant => instant);
