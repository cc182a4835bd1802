using CreditWorkbench.Core.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A model version. At most one per scorecard is in production: the database itself holds that.</summary>
internal sealed class ModelRow
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public int Version { get; set; }
    public string ScorecardId { get; set; } = "";
    public string Family { get; set; } = "";
    public string PackageHash { get; set; } = "";
    public string ReleaseHash { get; set; } = "";
    public string ScoringHash { get; set; } = "";
    public ModelStage Stage { get; set; }
    public string ReportJson { get; set; } = "";
    public Guid CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset StageSince { get; set; }
    public string? PresentationHash { get; set; }
    public string? PolicyHash { get; set; }
    public int? ApproveFrom { get; set; }
    public int? DeclineBelow { get; set; }
    public string? SignedBy { get; set; }
    public int RowVersion { get; set; }
}

internal sealed class ModelMapping : IEntityTypeConfiguration<ModelRow>
{
    public void Configure(EntityTypeBuilder<ModelRow> builder)
    {
        builder.ToTable("Models").Property(row => row.RowVersion).IsConcurrencyToken();
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(150);
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.Family).HasMaxLength(64);
        builder.Property(row => row.PackageHash).HasMaxLength(64);
        builder.Property(row => row.ReleaseHash).HasMaxLength(64);
        builder.Property(row => row.ScoringHash).HasMaxLength(64);
        builder.Property(row => row.PresentationHash).HasMaxLength(64);
        builder.Property(row => row.PolicyHash).HasMaxLength(64);
        builder.Property(row => row.SignedBy).HasMaxLength(64);
        builder.Property(row => row.Stage).HasConversion<string>().HasMaxLength(16);
        builder.HasIndex(row => new { row.Name, row.Version }).IsUnique();
        builder.HasIndex(row => row.ReleaseHash);
        builder.HasIndex(row => row.CreatedAt);
        builder.HasIndex(row => row.ScorecardId).IsUnique().HasFilter($"\"Stage\" = '{nameof(ModelStage.Production)}'").HasDatabaseName("IX_Models_OneInProduction");
    }
}
