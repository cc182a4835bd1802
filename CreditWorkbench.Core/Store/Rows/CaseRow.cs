using CreditWorkbench.Core.Review;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

internal sealed class CaseRow
{
    public Guid Id { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ScoreId { get; set; }
    public CaseState State { get; set; }
    public int Priority { get; set; }
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public Guid? ClaimedBy { get; set; }
    public string? ClaimedByName { get; set; }
    public DateTimeOffset? ClaimedAt { get; set; }
    public int Version { get; set; }
}

internal sealed class CaseMapping : IEntityTypeConfiguration<CaseRow>
{
    public void Configure(EntityTypeBuilder<CaseRow> builder)
    {
        builder.ToTable("Cases").Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.ClaimedByName).HasMaxLength(200);
        builder.HasIndex(row => row.ApplicationId).IsUnique();
        builder.HasIndex(row => new { row.State, row.Priority, row.DueAt });
        builder.HasOne<ApplicationRow>().WithMany().HasForeignKey(row => row.ApplicationId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<ScoreRow>().WithMany().HasForeignKey(row => row.ScoreId).OnDelete(DeleteBehavior.Restrict);
    }
}
