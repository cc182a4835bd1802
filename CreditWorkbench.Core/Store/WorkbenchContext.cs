using CreditWorkbench.Core.Store.Rows;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace CreditWorkbench.Core.Store;

/// <summary>Everything stored but the data keys. One model for both providers; migrations are per provider.</summary>
public abstract class WorkbenchContext(DbContextOptions options) : IdentityDbContext<WorkbenchUser, IdentityRole<Guid>, Guid>(options)
{
    internal DbSet<ApplicantRow> Applicants => Set<ApplicantRow>();
    internal DbSet<ApplicantTokenRow> ApplicantTokens => Set<ApplicantTokenRow>();
    internal DbSet<ConsentRow> Consents => Set<ConsentRow>();
    internal DbSet<ApplicationRow> Applications => Set<ApplicationRow>();
    internal DbSet<StatementRow> Statements => Set<StatementRow>();
    internal DbSet<StatementMappingRow> StatementMappings => Set<StatementMappingRow>();
    internal DbSet<ScoreRow> Scores => Set<ScoreRow>();
    internal DbSet<BinCountRow> BinCounts => Set<BinCountRow>();
    internal DbSet<PredictionRow> Predictions => Set<PredictionRow>();
    internal DbSet<PredictionBlockRow> PredictionBlocks => Set<PredictionBlockRow>();
    internal DbSet<OutcomeRow> Outcomes => Set<OutcomeRow>();
    internal DbSet<CaseRow> Cases => Set<CaseRow>();
    internal DbSet<DecisionRow> Decisions => Set<DecisionRow>();
    internal DbSet<ScenarioRow> Scenarios => Set<ScenarioRow>();
    internal DbSet<CaseNoteRow> CaseNotes => Set<CaseNoteRow>();
    internal DbSet<CaseDocumentRow> CaseDocuments => Set<CaseDocumentRow>();
    internal DbSet<LetterRow> Letters => Set<LetterRow>();
    internal DbSet<ObjectionRow> Objections => Set<ObjectionRow>();
    internal DbSet<SavedViewRow> SavedViews => Set<SavedViewRow>();
    internal DbSet<ModelRow> Models => Set<ModelRow>();
    internal DbSet<PackageRow> Packages => Set<PackageRow>();
    internal DbSet<StageChangeRow> StageChanges => Set<StageChangeRow>();
    internal DbSet<RolloutRow> Rollouts => Set<RolloutRow>();
    internal DbSet<RolloutEventRow> RolloutEvents => Set<RolloutEventRow>();
    internal DbSet<RolloutTallyRow> RolloutTallies => Set<RolloutTallyRow>();
    internal DbSet<RolloutPairRow> RolloutPairs => Set<RolloutPairRow>();
    internal DbSet<AlertRow> Alerts => Set<AlertRow>();
    internal DbSet<ScorecardRow> Scorecards => Set<ScorecardRow>();
    internal DbSet<ScorecardDraftRow> ScorecardDrafts => Set<ScorecardDraftRow>();
    internal DbSet<DatasetRow> Datasets => Set<DatasetRow>();
    internal DbSet<DatasetMappingRow> DatasetMappings => Set<DatasetMappingRow>();
    internal DbSet<DatasetAcknowledgementRow> DatasetAcknowledgements => Set<DatasetAcknowledgementRow>();
    internal DbSet<BinningEditRow> BinningEdits => Set<BinningEditRow>();
    internal DbSet<JobRow> Jobs => Set<JobRow>();
    internal DbSet<BatchRow> Batches => Set<BatchRow>();
    internal DbSet<WebhookRow> Webhooks => Set<WebhookRow>();
    internal DbSet<WebhookDeliveryRow> WebhookDeliveries => Set<WebhookDeliveryRow>();
    internal DbSet<QueueMessageRow> QueueMessages => Set<QueueMessageRow>();
    internal DbSet<ProcessedMessageRow> ProcessedMessages => Set<ProcessedMessageRow>();
    internal DbSet<StagingRunRow> StagingRuns => Set<StagingRunRow>();
    internal DbSet<FeatureSetRow> FeatureSets => Set<FeatureSetRow>();
    internal DbSet<FeatureRowRow> FeatureRows => Set<FeatureRowRow>();
    internal DbSet<LabRunRow> LabRuns => Set<LabRunRow>();
    internal DbSet<LabPartRow> LabParts => Set<LabPartRow>();
    internal DbSet<LabAcknowledgementRow> LabAcknowledgements => Set<LabAcknowledgementRow>();
    internal DbSet<LabRegistrationRow> LabRegistrations => Set<LabRegistrationRow>();
    internal DbSet<GateRow> ModelGates => Set<GateRow>();
    internal DbSet<ApprovalRow> ModelApprovals => Set<ApprovalRow>();
    internal DbSet<AuditRow> Audit => Set<AuditRow>();
    internal DbSet<AuditHeadRow> AuditHeads => Set<AuditHeadRow>();
    internal DbSet<CounterRow> Counters => Set<CounterRow>();
    internal DbSet<SessionRow> Sessions => Set<SessionRow>();
    internal DbSet<ApiKeyRow> ApiKeys => Set<ApiKeyRow>();
    internal DbSet<RefreshTokenRow> RefreshTokens => Set<RefreshTokenRow>();
    internal DbSet<IdempotentCallRow> IdempotentCalls => Set<IdempotentCallRow>();
    internal DbSet<LeaseRow> Leases => Set<LeaseRow>();

    /// <summary>Pinned, so that no option of a host changes the tables.</summary>
    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(WorkbenchContext).Assembly, type => type.Namespace == typeof(ApplicantRow).Namespace);
        builder.Entity<WorkbenchUser>(user =>
        {
            user.Property(row => row.DisplayName).HasMaxLength(200);
            user.Property(row => row.BranchId).HasMaxLength(64);
            user.Property(row => row.Language).HasMaxLength(8);
            user.HasIndex(row => row.ApplicantId).IsUnique();
        });
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        if (Database.IsSqlite()) configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantAsTicks>();
        else configurationBuilder.Properties<DateTimeOffset>().HaveConversion<InstantAsUtc>();
    }
}

/// <summary>The store on SQLite.</summary>
public sealed class SqliteWorkbenchContext(DbContextOptions<SqliteWorkbenchContext> options) : WorkbenchContext(options);

/// <summary>The store on PostgreSQL.</summary>
public sealed class PostgresWorkbenchContext(DbContextOptions<PostgresWorkbenchContext> options) : WorkbenchContext(options);
