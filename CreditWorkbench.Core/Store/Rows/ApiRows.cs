using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace CreditWorkbench.Core.Store.Rows;

/// <summary>A key of a client system. The secret is not here, only its hash.</summary>
internal sealed class ApiKeyRow
{
    public Guid Id { get; set; }
    public string Name { get; set; } = "";
    public byte[] SecretHash { get; set; } = [];
    public string Scopes { get; set; } = "";
    public int? RequestsPerMinute { get; set; }
    public string? LegalBasis { get; set; }
    public string? Branch { get; set; }
    public Guid CreatedBy { get; set; }
    public DateTimeOffset CreatedAt { get; set; }
    public DateTimeOffset? ExpiresAt { get; set; }
    public DateTimeOffset? RevokedAt { get; set; }
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>A refresh token of a session. Only its hash is here; it is good for one use.</summary>
internal sealed class RefreshTokenRow
{
    public byte[] Hash { get; set; } = [];
    public Guid SessionId { get; set; }
    public Guid UserId { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>A call that a client gave a key of its own, and its answer once there is one.</summary>
internal sealed class IdempotentCallRow
{
    public Guid ClientId { get; set; }
    public string Key { get; set; } = "";
    public byte[] Address { get; set; } = [];
    public byte[]? BodyHash { get; set; }
    public Guid Owner { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset LeaseUntil { get; set; }
    public DateTimeOffset? EffectAt { get; set; }
    public int? Status { get; set; }
    public byte[]? Answer { get; set; }
}

internal sealed class ApiKeyMapping : IEntityTypeConfiguration<ApiKeyRow>
{
    public void Configure(EntityTypeBuilder<ApiKeyRow> builder)
    {
        builder.ToTable("ApiKeys").Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(100);
        builder.Property(row => row.SecretHash).HasMaxLength(32);
        builder.Property(row => row.Scopes).HasMaxLength(1_000);
        builder.Property(row => row.LegalBasis).HasMaxLength(40);
        builder.Property(row => row.Branch).HasMaxLength(64);
    }
}

internal sealed class RefreshTokenMapping : IEntityTypeConfiguration<RefreshTokenRow>
{
    public void Configure(EntityTypeBuilder<RefreshTokenRow> builder)
    {
        builder.ToTable("RefreshTokens").HasKey(row => row.Hash);
        builder.Property(row => row.Hash).HasMaxLength(32);
        builder.HasIndex(row => row.ExpiresAt);
        builder.HasOne<SessionRow>().WithMany().HasForeignKey(row => row.SessionId).OnDelete(DeleteBehavior.Cascade);
    }
}

internal sealed class IdempotentCallMapping : IEntityTypeConfiguration<IdempotentCallRow>
{
    public void Configure(EntityTypeBuilder<IdempotentCallRow> builder)
    {
        builder.ToTable("IdempotentCalls").HasKey(row => new { row.ClientId, row.Key });
        builder.Property(row => row.Key).HasMaxLength(200);
        builder.Property(row => row.Address).HasMaxLength(32);
        builder.Property(row => row.BodyHash).HasMaxLength(32);
        builder.HasIndex(row => row.StartedAt);
    }
}
