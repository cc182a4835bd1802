using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>Blind index: a keyed hash of one e-mail, phone, national id or word of a name.</summary>
internal sealed class ApplicantTokenRow
{
    public Guid ApplicantId { get; set; }
    public string Token { get; set; } = "";
}

internal sealed class ApplicantTokenMapping : IEntityTypeConfiguration<ApplicantTokenRow>
{
    public void Configure(EntityTypeBuilder<ApplicantTokenRow> builder)
    {
        builder.ToTable("ApplicantTokens").HasKey(row => new { row.ApplicantId, row.Token });
        builder.Property(row => row.Token).HasMaxLength(32);
        builder.HasIndex(row => row.Token);
        builder.HasOne<ApplicantRow>().WithMany().HasForeignKey(row => row.ApplicantId).OnDelete(DeleteBehavior.Restrict);
    }
}
