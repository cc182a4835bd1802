using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A document; name and content as ciphertext under the applicant's data key.</summary>
internal sealed class CaseDocumentRow
{
    public Guid Id { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ApplicantId { get; set; }
    public string Kind { get; set; } = "";
    public byte[] Name { get; set; } = [];
    public string MediaType { get; set; } = "";
    public int Size { get; set; }
    public Guid AddedBy { get; set; }
    public string AddedByName { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public byte[] Content { get; set; } = [];
}

internal sealed class CaseDocumentMapping : IEntityTypeConfiguration<CaseDocumentRow>
{
    public void Configure(EntityTypeBuilder<CaseDocumentRow> builder)
    {
        builder.ToTable("CaseDocuments").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasMaxLength(32);
        builder.Property(row => row.MediaType).HasMaxLength(64);
        builder.Property(row => row.AddedByName).HasMaxLength(200);
        builder.HasIndex(row => new { row.ApplicationId, row.At });
        builder.HasOne<ApplicationRow>().WithMany().HasForeignKey(row => row.ApplicationId).OnDelete(DeleteBehavior.Restrict);
    }
}
