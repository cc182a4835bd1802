using CreditWorkbench.Core.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

internal sealed class WebhookRow
{
    public Guid Id { get; set; }
    public Guid OwnerId { get; set; }
    public string Url { get; set; } = "";
    public string Kinds { get; set; } = "";
    public byte[] Secret { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
}

internal sealed class WebhookDeliveryRow
{
    public Guid Id { get; set; }
    public Guid WebhookId { get; set; }
    public string EventKey { get; set; } = "";
    public string Kind { get; set; } = "";
    public string PayloadJson { get; set; } = "";
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset NextAt { get; set; }
    public DeliveryState State { get; set; }
    public int Attempts { get; set; }
    public int? Status { get; set; }
    public string? Error { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class WebhookMapping : IEntityTypeConfiguration<WebhookRow>
{
    public void Configure(EntityTypeBuilder<WebhookRow> builder)
    {
        builder.ToTable("Webhooks").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Url).HasMaxLength(2000);
        builder.Property(row => row.Kinds).HasMaxLength(400);
        builder.HasIndex(row => row.OwnerId);
        builder.HasMany<WebhookDeliveryRow>().WithOne().HasForeignKey(row => row.WebhookId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDeliveryRow>
{
    public void Configure(EntityTypeBuilder<WebhookDeliveryRow> builder)
    {
        builder.ToTable("WebhookDeliveries").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.EventKey).HasMaxLength(200);
        builder.Property(row => row.Kind).HasMaxLength(64);
        builder.Property(row => row.Error).HasMaxLength(64);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(row => new { row.WebhookId, row.EventKey }).IsUnique();
        builder.HasIndex(row => new { row.State, row.NextAt });
    }
}
