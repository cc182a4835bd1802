using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A sign-in that lasts until it is ended: here, elsewhere, or by an admin.</summary>
internal sealed class SessionRow
{
    public Guid Id { get; set; }
    public Guid UserId { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset SeenAt { get; set; }
    public string Device { get; set; } = "";
    public string Address { get; set; } = "";
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class SessionMapping : IEntityTypeConfiguration<SessionRow>
{
    public void Configure(EntityTypeBuilder<SessionRow> builder)
    {
        builder.ToTable("Sessions").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Device).HasMaxLength(200);
        builder.Property(row => row.Address).HasMaxLength(64);
        builder.HasIndex(row => new { row.UserId, row.SeenAt });
        builder.HasOne<WorkbenchUser>().WithMany().HasForeignKey(row => row.UserId).OnDelete(DeleteBehavior.Cascade);
    }
}
