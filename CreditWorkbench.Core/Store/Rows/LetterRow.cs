using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>An issued letter; its texts as ciphertext under the applicant's data key.</summary>
internal sealed class LetterRow
{
    public Guid Id { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ApplicantId { get; set; }
    public Guid DecisionId { get; set; }
    public string Language { get; set; } = "";
    public byte[] Texts { get; set; } = [];
    public Guid IssuedBy { get; set; }
    public string IssuedByName { get; set; } = "";
    public DateTimeOffset IssuedAt { get; set; }
}

internal sealed class LetterMapping : IEntityTypeConfiguration<LetterRow>
{
    public void Configure(EntityTypeBuilder<LetterRow> builder)
    {
        builder.ToTable("Letters").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Language).HasMaxLength(8);
        builder.Property(row => row.IssuedByName).HasMaxLength(200);
        builder.HasIndex(row => row.DecisionId).IsUnique();
        builder.HasIndex(row => row.ApplicationId);
        builder.HasOne<DecisionRow>().WithMany().HasForeignKey(row => row.DecisionId).OnDelete(DeleteBehavior.Restrict);
    }
}
