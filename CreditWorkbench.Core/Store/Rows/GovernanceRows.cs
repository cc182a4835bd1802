using CreditWorkbench.Core.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A gate as it was found at one time; rows are added only.</summary>
internal sealed class GateRow
{
    public long Id { get; set; }
    public Guid ModelId { get; set; }
    public EvidenceGate Gate { get; set; }
    public GateState State { get; set; }
    public string Code { get; set; } = "";
    public string Detail { get; set; } = "";
    public string FiguresJson { get; set; } = "";
    public string? Note { get; set; }
    public Guid ActorId { get; set; }
    public DateTimeOffset At { get; set; }
}

/// <summary>A request for approval. At most one per version is open: the database itself holds that.</summary>
internal sealed class ApprovalRow
{
    public Guid Id { get; set; }
    public Guid ModelId { get; set; }
    public Guid? RequestedBy { get; set; }
    public string RequestNote { get; set; } = "";
    public DateTimeOffset RequestedAt { get; set; }
    public ApprovalState State { get; set; }
    public Guid? DecidedBy { get; set; }
    public DateTimeOffset? DecidedAt { get; set; }
    public string? Note { get; set; }
}

internal sealed class GateMapping : IEntityTypeConfiguration<GateRow>
{
    public void Configure(EntityTypeBuilder<GateRow> builder)
    {
        builder.ToTable("ModelGates").HasIndex(row => row.ModelId);
        builder.Property(row => row.Gate).HasConversion<string>().HasMaxLength(32);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Code).HasMaxLength(64);
        builder.Property(row => row.Detail).HasMaxLength(2_000);
        builder.Property(row => row.Note).HasMaxLength(2_000);
        builder.HasOne<ModelRow>().WithMany().HasForeignKey(row => row.ModelId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ApprovalMapping : IEntityTypeConfiguration<ApprovalRow>
{
    public void Configure(EntityTypeBuilder<ApprovalRow> builder)
    {
        builder.ToTable("ModelApprovals").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.RequestNote).HasMaxLength(2_000);
        builder.Property(row => row.Note).HasMaxLength(2_000);
        builder.HasIndex(row => row.ModelId).IsUnique().HasFilter($"\"State\" = '{nameof(ApprovalState.Open)}'").HasDatabaseName("IX_ModelApprovals_OneOpen");
        builder.HasIndex(row => new { row.ModelId, row.RequestedAt });
        builder.HasOne<ModelRow>().WithMany().HasForeignKey(row => row.ModelId).OnDelete(DeleteBehavior.Restrict);
    }
}
