using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Queue;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Builds the one host that serves pages and that the command line borrows services from.</summary>
public static class WorkbenchHost
{
    /// <summary>Address that is listened on where no setting names one.</summary>
    public const string DefaultUrl = "http://127.0.0.1:5080";

    /// <summary>Host arguments for a data folder.</summary>
    public static string[] ArgumentsFor(string? data) => data is null ? [] : [$"--Workbench:DataDirectory={Path.GetFullPath(data)}"];

    /// <summary>Builds the host; nothing is started and nothing is migrated.</summary>
    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = ContentRoot() });
        // Outside development, too, a build's own output serves its assets; a published folder holds them itself.
        if (!Directory.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot"))) builder.WebHost.UseStaticWebAssets();
        if (builder.Configuration["urls"] is null && builder.Configuration["Kestrel:Endpoints"] is null) builder.WebHost.UseUrls(DefaultUrl);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        var store = StoreSettings.From(builder.Configuration, builder.Environment.ContentRootPath);
        builder.Services.AddWorkbenchStore(store);
        builder.Services.AddSessionKeys(store);
        builder.Services.AddSingleton(ExplanationSettings.From(builder.Configuration));
        builder.Services.AddWorkbenchStaging(StagingConfiguration.From(builder.Configuration, store), StagingConfiguration.SourcesFrom(builder.Configuration, store));
        builder.Services.AddJobWorker(JobSettings.From(builder.Configuration));
        builder.Services.AddWorkbenchRooms();
        builder.Services.AddWorkbenchFlows(FlowSettings.From(builder.Configuration), QueueSettings.From(builder.Configuration));
        builder.Services.AddWorkbenchWeb(builder.Configuration);
        var app = builder.Build();
        app.UseWorkbenchWeb();
        return app;
    }

    /// <summary>Builds the host for a verb of the command line: migrated, seeded with the dictionaries, not serving.</summary>
    /// <exception cref="StartRefusedException">The store is newer than this program, or its keys are another store's.</exception>
    public static async Task<WebApplication> OpenAsync(string? data, CancellationToken cancellationToken)
    {
        var app = Build([.. ArgumentsFor(data), "--Logging:LogLevel:Default=Warning"]);
        var prepared = await PrepareAsync(app, cancellationToken);
        return prepared.Succeeded ? app : throw new StartRefusedException(prepared.Problems);
    }

    /// <summary>Serves until the process is asked to stop.</summary>
    public static async Task<int> ServeAsync(string[] args, CancellationToken cancellationToken)
    {
        await using var app = Build(args);
        if (!(await PrepareAsync(app, cancellationToken)).TryGet(out _, out var problems)) return Commands.CommandLine.Refuse(problems);
        _ = app.Services.GetRequiredService<ReleaseWarmUp>().BeginAsync(); // beside what follows; a node is ready when both have ended
        await app.PrepareIdentityAsync();
        await app.StartAsync(cancellationToken);
        app.Services.GetRequiredService<StartNotice>().Write(app.Urls);
        await app.WaitForShutdownAsync(cancellationToken);
        return 0;
    }

    private static async Task<Outcome<int>> PrepareAsync(WebApplication app, CancellationToken cancellationToken)
    {
        var migrated = await app.Services.GetRequiredService<WorkbenchStore>().MigrateAsync(cancellationToken);
        if (migrated.Succeeded) await app.Services.GetRequiredService<ScorecardSeeds>().ImportAsync(cancellationToken);
        return migrated;
    }

    // The folder that holds wwwroot: the working folder of a published application, the project of a build's output.
    private static string ContentRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "wwwroot"))) return folder.FullName;
        }

        return AppContext.BaseDirectory;
    }
}
