using CreditWorkbench.Core.Applicants;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>An applicant; personal data as ciphertext under the applicant's data key, null after erasure.</summary>
internal sealed class ApplicantRow
{
    public Guid Id { get; set; }
    public ApplicantKind Kind { get; set; }
    public byte[]? Name { get; set; }
    public byte[]? Email { get; set; }
    public byte[]? Phone { get; set; }
    public byte[]? NationalId { get; set; }
    public byte[]? ContactName { get; set; }
    public string Language { get; set; } = "";
    public string? BranchId { get; set; }
    public Guid? ClientId { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ErasureRequestedAt { get; set; }
    public DateTimeOffset? ErasedAt { get; set; }
    public int Version { get; set; }
}

internal sealed class ApplicantMapping : IEntityTypeConfiguration<ApplicantRow>
{
    public void Configure(EntityTypeBuilder<ApplicantRow> builder)
    {
        builder.ToTable("Applicants").Property(row => row.Version).IsConcurrencyToken();
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Language).HasMaxLength(8);
        builder.Property(row => row.BranchId).HasMaxLength(64);
        builder.HasIndex(row => row.CreatedAt);
        builder.HasIndex(row => new { row.ClientId, row.CreatedAt });
    }
}
