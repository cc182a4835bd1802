using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

internal sealed class ConsentRow
{
    public Guid Id { get; set; }
    public Guid ApplicantId { get; set; }
    public string ScorecardId { get; set; } = "";
    public string Purpose { get; set; } = "";
    public string Source { get; set; } = "";
    public string TextHash { get; set; } = "";
    public string TextVersion { get; set; } = "";
    public string Language { get; set; } = "";
    public string Channel { get; set; } = "";
    public DateTimeOffset GivenAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? WithdrawnAt { get; set; }
}

internal sealed class ConsentMapping : IEntityTypeConfiguration<ConsentRow>
{
    public void Configure(EntityTypeBuilder<ConsentRow> builder)
    {
        builder.ToTable("Consents").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.ScorecardId).HasMaxLength(100);
        builder.Property(row => row.Purpose).HasMaxLength(100);
        builder.Property(row => row.Source).HasMaxLength(100);
        builder.Property(row => row.TextHash).HasMaxLength(64);
        builder.Property(row => row.TextVersion).HasMaxLength(64);
        builder.Property(row => row.Language).HasMaxLength(8);
        builder.Property(row => row.Channel).HasMaxLength(16);
        builder.HasIndex(row => new { row.ApplicantId, row.GivenAt });
        builder.HasOne<ApplicantRow>().WithMany().HasForeignKey(row => row.ApplicantId).OnDelete(DeleteBehavior.Restrict);
    }
}
