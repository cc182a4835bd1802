using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A note; its text as ciphertext under the applicant's data key.</summary>
internal sealed class CaseNoteRow
{
    public Guid Id { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ApplicantId { get; set; }
    public byte[] Text { get; set; } = [];
    public Guid AuthorId { get; set; }
    public string AuthorName { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

internal sealed class CaseNoteMapping : IEntityTypeConfiguration<CaseNoteRow>
{
    public void Configure(EntityTypeBuilder<CaseNoteRow> builder)
    {
        builder.ToTable("CaseNotes").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.AuthorName).HasMaxLength(200);
        builder.HasIndex(row => new { row.ApplicationId, row.At });
        builder.HasOne<ApplicationRow>().WithMany().HasForeignKey(row => row.ApplicationId).OnDelete(DeleteBehavior.Restrict);
    }
}
