using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A kept trial; name, changes and result as ciphertext under the applicant's data key.</summary>
internal sealed class ScenarioRow
{
    public Guid Id { get; set; }
    public Guid ApplicationId { get; set; }
    public Guid ApplicantId { get; set; }
    public Guid ScoreId { get; set; }
    public Guid UserId { get; set; }
    public byte[] Document { get; set; } = [];
    public DateTimeOffset KeptAt { get; set; }
}

internal sealed class ScenarioMapping : IEntityTypeConfiguration<ScenarioRow>
{
    public void Configure(EntityTypeBuilder<ScenarioRow> builder)
    {
        builder.ToTable("Scenarios").Property(row => row.Id).ValueGeneratedNever();
        builder.HasIndex(row => new { row.ApplicationId, row.UserId });
        builder.HasOne<ApplicationRow>().WithMany().HasForeignKey(row => row.ApplicationId).OnDelete(DeleteBehavior.Restrict);
    }
}
