using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>An objection; its grounds as ciphertext under the applicant's data key.</summary>
internal sealed class ObjectionRow
{
    public Guid Id { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ApplicantId { get; set; }
    public Guid DecisionId { get; set; }
    public byte[] Grounds { get; set; } = [];
    public Guid RecordedBy { get; set; }
    public string RecordedByName { get; set; } = "";
    public DateTimeOffset At { get; set; }
}

internal sealed class ObjectionMapping : IEntityTypeConfiguration<ObjectionRow>
{
    public void Configure(EntityTypeBuilder<ObjectionRow> builder)
    {
        builder.ToTable("Objections").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.RecordedByName).HasMaxLength(200);
        builder.HasIndex(row => row.DecisionId).IsUnique();
        builder.HasIndex(row => row.ApplicationId);
        builder.HasOne<DecisionRow>().WithMany().HasForeignKey(row => row.DecisionId).OnDelete(DeleteBehavior.Restrict);
    }
}
