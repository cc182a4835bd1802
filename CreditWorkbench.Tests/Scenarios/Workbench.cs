using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Monitoring;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Tests.Registry;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Scenarios;

/// <summary>A whole workbench without pages: the real SQLite store in a temporary folder and every desk, as the host wires them.</summary>
internal sealed class Workbench : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Workbench(StoreOptions options, TimeProvider clock, Action<IServiceCollection>? change)
    {
        Folder = options.DataDirectory;
        var services = new ServiceCollection();
        services.AddSingleton(clock);
        services.AddLogging();
        services.AddWorkbenchStore(options);
        services.AddSingleton<IScorecardCatalog, ScorecardCatalog>();
        services.AddSingleton<IRowEvidence>(new ServedRows { Evidence = null });
        services.AddSingleton<GateDesk>();
        services.AddSingleton<RegistryDesk>();
        services.AddSingleton<ApprovalDesk>();
        services.AddSingleton<ReleaseSource>();
        services.AddSingleton<RolloutSource>();
        services.AddSingleton<RolloutRecorder>();
        services.AddSingleton<UnseenScoring>();
        services.AddSingleton<RolloutDesk>();
        services.AddSingleton<AlertDesk>();
        services.AddSingleton<SensitiveGroupReader>();
        services.AddSingleton<RolloutReader>();
        services.AddSingleton<RolloutWatch>();
        services.AddSingleton<PairedRescoring>();
        services.AddSingleton<SwapSetFacts>();
        services.AddSingleton<SwapSetDesk>();
        services.AddSingleton<ServingLines>();
        services.AddSingleton<IServingEngine, ServingEngine>();
        services.AddSingleton<ServingChain>();
        services.AddSingleton<CaseReplay>();
        services.AddSingleton<ScoringDesk>();
        services.AddSingleton<ReplayDesk>();
        services.AddSingleton<WhatIfDesk>();
        services.AddSingleton<QueueDesk>();
        services.AddSingleton<CaseFileDesk>();
        services.AddSingleton<ObjectionDesk>();
        services.AddSingleton(new LenderProfile("Demo Lender", ["Jalan Contoh 1, Jakarta"], "credit@example.com", 60, TimeZoneInfo.Utc));
        services.AddSingleton<LetterDesk>();
        services.AddSingleton<SimilarDesk>();
        services.AddSingleton<ReviewDesk>();
        services.AddSingleton<CaseReader>();
        services.AddSingleton<ApplicantDesk>();
        services.AddSingleton<ApplicationDesk>();
        change?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public string Folder { get; }
    public string Database => Path.Combine(Folder, "workbench.db");
    public RegistryDesk Registry => Get<RegistryDesk>();
    public ApplicantDesk Applicants => Get<ApplicantDesk>();
    public ApplicationDesk Applications => Get<ApplicationDesk>();
    public ScoringDesk Scoring => Get<ScoringDesk>();
    public ReplayDesk Replay => Get<ReplayDesk>();
    public ReviewDesk Review => Get<ReviewDesk>();
    public ServingLines Lines => Get<ServingLines>();
    public IApplicationStore ApplicationRows => Get<IApplicationStore>();
    public IScoreStore ScoreRows => Get<IScoreStore>();
    public IAuditReader Audit => Get<IAuditReader>();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Opens a folder's store, new or not.</summary>
    public static Task<Workbench> OpenAsync(string folder, TimeProvider? clock = null) => OpenAsync(new StoreOptions { DataDirectory = folder }, clock ?? TimeProvider.System);

    /// <summary>Opens any store, with other services where a test needs them.</summary>
    public static async Task<Workbench> OpenAsync(StoreOptions options, TimeProvider clock, Action<IServiceCollection>? change = null)
    {
        var workbench = new Workbench(options, clock, change);
        var migrated = await workbench.Get<WorkbenchStore>().MigrateAsync(Cancellation);
        Assert.True(migrated.Succeeded, string.Join(' ', migrated.Problems));
        return workbench;
    }

    /// <summary>Registers a package and puts it into production.</summary>
    public async Task<RegisteredModel> PromoteAsync(string name, ModelPackage package)
    {
        var model = (await Registry.RegisterAsync(name, package, People.Analyst, Cancellation)).Value;
        await Get<GateDesk>().RunAsync(model, People.Analyst, Cancellation);
        await RegistryRoom.SignAsync(Get<GateDesk>(), model, People.Risk, Cancellation);
        await Registry.ChangeStageAsync(model.Reference, ModelStage.Staging, "Validated.", People.Analyst, Cancellation);
        return (await Registry.ChangeStageAsync(model.Reference, ModelStage.Production, "Approved.", People.Risk, Cancellation)).Value;
    }

    /// <summary>Registers an applicant under an e-mail that only this number has.</summary>
    public async Task<Applicant> RegisterAsync(int number) => (await Applicants.RegisterAsync(
        new ApplicantRequest(ApplicantKind.Person, $"Sari Dewi {number}", $"sari{number}@example.id", "", $"3174{number:D12}", "id", null), People.Officer, Cancellation)).Value;

    /// <summary>Consent for scoring from all sources that need one.</summary>
    public async Task ConsentAsync(Guid applicantId, ScorecardDefinition definition, params string[] sources)
    {
        string[] named = sources.Length > 0 ? sources : [.. definition.Sources.Where(source => source.NeedsConsent).Select(source => source.Name)];
        var outcome = await Applicants.GiveConsentAsync(applicantId, definition, new ConsentRequest(["scoring"], named, "id", "branch"), People.Officer, Cancellation);
        Assert.True(outcome.Succeeded, string.Join(' ', outcome.Problems));
    }

    /// <summary>Opens an application for 12 million over a year.</summary>
    public async Task<CreditApplication> ApplyAsync(Guid applicantId, InputRecord record, decimal amount = 12_000_000) =>
        (await Applications.OpenAsync(applicantId, new ApplicationRequest(record, Money.FromMajor(amount, "IDR"), 12, null), People.Officer, Cancellation)).Value;

    /// <summary>Changes the database file as somebody with a database client would.</summary>
    public async Task<int> TamperAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        await connection.OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync(Cancellation);
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
