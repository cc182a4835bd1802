using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Web.Components.Layout.Palette;
using CreditWorkbench.Web.Components.Pages.Build.Registry;
using CreditWorkbench.Web.Components.Pages.Decide.Overview;
using CreditWorkbench.Web.Hosting.Demo;
using CreditWorkbench.Web.Hosting.Lab;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Registers the desks and readers of the core: stateless, so one of each serves everybody.</summary>
public static class RoomServices
{
    /// <summary>Registers every room that pages, endpoints and verbs use. What does jobs is registered here as <see cref="Core.Jobs.IJobHandler"/>.</summary>
    public static IServiceCollection AddWorkbenchRooms(this IServiceCollection services)
    {
        services.AddSingleton<IScorecardCatalog, ScorecardCatalog>();
        services.AddSingleton<ScorecardSeeds>();
        services.AddSingleton<StartNotice>();
        services.AddSingleton<IRowEvidence, LineageRows>();
        services.AddSingleton<GateDesk>();
        services.AddSingleton<RegistryDesk>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton(provider => new RegistryReader(
            provider.GetRequiredService<IModelStore>(), provider.GetRequiredService<IGovernanceStore>(), provider.GetRequiredService<RegistryDesk>(), provider.GetRequiredService<Identity.PersonNames>().Of));
        services.AddSingleton<PackageDesk>();
        services.AddSingleton<ReleaseSource>();
        services.AddRollouts();
        services.AddSingleton<ServingLines>();
        services.AddSingleton<IServingEngine, ServingEngine>();
        services.AddSingleton<ServingChain>();
        services.AddSingleton<CaseReplay>();
        services.AddSingleton<ScoringDesk>();
        services.AddSingleton<PredictionDesk>();
        services.AddSingleton<PredictionRecords>();
        services.AddSingleton<IPredictionBins, PredictionBins>();
        services.AddSingleton<PredictionCache>();
        services.AddSingleton(ServingSettings.CacheOf);
        services.AddSingleton<ScorecardReads>();
        services.AddSingleton<ReplayDesk>();
        services.AddSingleton<RoadmapDesk>();
        services.AddSingleton<ScoreReader>();
        services.AddSingleton<CorrectionDesk>();
        services.AddSingleton<ConsentWithdrawalDesk>();
        services.AddSingleton<ApplicantExportDesk>();
        services.AddSingleton<AuditDesk>();
        services.AddSingleton<IPredictionOutcomes, PredictionOutcomes>();
        services.AddSingleton<OutcomeDesk>();
        services.AddSingleton<MonitoringDesk>();
        services.AddSingleton<WhatIfDesk>();
        services.AddSingleton<QueueDesk>();
        services.AddSingleton<CaseFileDesk>();
        services.AddSingleton<ObjectionDesk>();
        services.AddSingleton<LetterDesk>();
        services.AddSingleton<SimilarDesk>();
        services.AddSingleton(LenderSettings.ProfileOf);
        services.AddHostedService<CaseWatch>();
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<CaseReader>();
        services.AddSingleton<ApplicantReader>();
        services.AddSingleton<PortfolioReader>();
        services.AddSingleton<WaitingReader>();
        services.AddSingleton<PaletteSearch>();
        services.AddSingleton<ApplicantDesk>();
        services.AddSingleton<ApplicationDesk>();
        services.AddSingleton<StatementDesk>();
        services.AddSingleton(provider => new StudyDesk(provider.GetRequiredService<ReleaseSource>(), provider.GetRequiredService<IStudyFiles>(), Environment.ProcessorCount));
        services.AddSingleton<DatasetDesk>();
        services.AddSingleton<ILabRows, StoredLabRows>();
        services.AddSingleton<TrainingDesk>();
        services.AddSingleton<IJobHandler>(provider => new TrainingJob(
            provider.GetRequiredService<ILabRows>(), provider.GetRequiredService<ILabStore>(), provider.GetRequiredService<IJobStore>(), provider.GetRequiredService<TimeProvider>(),
            CodeVersion.Text, Environment.ProcessorCount));
        services.AddSingleton<OpenDatasets>();
        services.AddSingleton<QualityDesk>();
        services.AddSingleton<BinningDesk>();
        services.AddSingleton<ScorecardDesk>();
        services.AddSingleton<TrialDesk>();
        services.AddSingleton<DemoModel>();
        services.AddSingleton<DemoCases>();
        services.AddSingleton<DemoRollouts>();
        services.AddSingleton<WarmUp>();
        services.AddHostedService(provider => provider.GetRequiredService<WarmUp>());
        services.AddHostedService<DemoSeed>();
        return services;
    }
}
