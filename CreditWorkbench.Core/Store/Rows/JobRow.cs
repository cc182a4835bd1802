using CreditWorkbench.Core.Jobs;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

internal sealed class JobRow
{
    public Guid Id { get; set; }
    public string Kind { get; set; } = "";
    public string Title { get; set; } = "";
    public string PayloadJson { get; set; } = "";
    public Guid CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public JobState State { get; set; }
    public string? Owner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public int Attempt { get; set; }
    public long FencingToken { get; set; }
    public string? Checkpoint { get; set; }
    public bool CancelRequested { get; set; }
    public string Phase { get; set; } = "";
    public double Progress { get; set; }
    public string? ResultJson { get; set; }
    public string? Error { get; set; }
    public DateTimeOffset? EndedAt { get; set; }
}

internal sealed class JobMapping : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> builder)
    {
        builder.ToTable("Jobs").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Kind).HasMaxLength(64);
        builder.Property(row => row.Title).HasMaxLength(300);
        builder.Property(row => row.State).HasConversion<string>().HasMaxLength(16);
        builder.Property(row => row.Owner).HasMaxLength(200);
        builder.Property(row => row.Phase).HasMaxLength(300);
        builder.HasIndex(row => new { row.State, row.CreatedAt });
        builder.HasIndex(row => row.CreatedAt);
    }
}
