using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A message of the queue in the store; its body is encrypted.</summary>
internal sealed class QueueMessageRow
{
    /// <summary>Order of arrival.</summary>
    public long Number { get; set; }
    public Guid Id { get; set; }
    public string Kind { get; set; } = "";
    public string MessageId { get; set; } = "";
    public byte[] Body { get; set; } = [];
    public int Length { get; set; }
    public DateTimeOffset EnqueuedAt { get; set; }
    /// <summary>Nobody takes it before.</summary>
    public DateTimeOffset FreeAt { get; set; }
    public string? Owner { get; set; }
    public long Token { get; set; }
    public int Deliveries { get; set; }
    public DateTimeOffset? DeadAt { get; set; }
    public string? ReasonCode { get; set; }
    public string? ReasonField { get; set; }
    public string? ReasonText { get; set; }
    public string? Remedy { get; set; }
}

/// <summary>A message that had its effect, and what was answered.</summary>
internal sealed class ProcessedMessageRow
{
    public string Kind { get; set; } = "";
    public string MessageId { get; set; } = "";
    public DateTimeOffset ProcessedAt { get; set; }
    public byte[] Answer { get; set; } = [];
}

internal sealed class QueueMessageMapping : IEntityTypeConfiguration<QueueMessageRow>
{
    public void Configure(EntityTypeBuilder<QueueMessageRow> builder)
    {
        builder.ToTable("QueueMessages").HasKey(row => row.Number);
        builder.Property(row => row.Kind).HasMaxLength(32);
        builder.Property(row => row.MessageId).HasMaxLength(128);
        builder.Property(row => row.Owner).HasMaxLength(200);
        builder.Property(row => row.ReasonCode).HasMaxLength(64);
        builder.Property(row => row.ReasonField).HasMaxLength(200);
        builder.HasIndex(row => row.Id).IsUnique();
        builder.HasIndex(row => new { row.Kind, row.DeadAt, row.Number });
    }
}

internal sealed class ProcessedMessageMapping : IEntityTypeConfiguration<ProcessedMessageRow>
{
    public void Configure(EntityTypeBuilder<ProcessedMessageRow> builder)
    {
        builder.ToTable("ProcessedMessages").HasKey(row => new { row.Kind, row.MessageId });
        builder.Property(row => row.Kind).HasMaxLength(32);
        builder.Property(row => row.MessageId).HasMaxLength(128);
        builder.HasIndex(row => row.ProcessedAt);
    }
}
