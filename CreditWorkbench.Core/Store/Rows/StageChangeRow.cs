using CreditWorkbench.Core.Registry;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

internal sealed class StageChangeRow
{
    public long Id { get; set; }
    public Guid ModelId { get; set; }
    public ModelStage From { get; set; }
    public ModelStage To { get; set; }
    public Guid ActorId { get; set; }
    public string Note { get; set; } = "";
    public DateTimeOffset At { get; set; }
    public bool IsRollback { get; set; }
}

internal sealed class StageChangeMapping : IEntityTypeConfiguration<StageChangeRow>
{
    public void Configure(EntityTypeBuilder<StageChangeRow> builder)
    {
        builder.ToTable("StageChanges").HasIndex(row => row.ModelId);
        builder.Property(row => row.From).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.To).HasConversion<string>().HasMaxLength(16);
        builder.HasOne<ModelRow>().WithMany().HasForeignKey(row => row.ModelId).OnDelete(DeleteBehavior.Restrict);
    }
}
