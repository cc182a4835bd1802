using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CreditWorkbench.Web.Hosting.Demo;

/// <summary>Fills a demo installation once the sign-in page is up: first the model, then the cases. What is there already stays.</summary>
public sealed class DemoSeed(
    IOptions<WorkbenchOptions> options, IHostApplicationLifetime lifetime, IServiceScopeFactory scopes, IModelStore models, ILogger<DemoSeed> log) : BackgroundService
{
    private const string Scorecard = "trust";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Demo) return;
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await using var scope = scopes.CreateAsyncScope();
        var outcome = await SeedAsync(scope.ServiceProvider, stoppingToken);
        if (outcome.Succeeded && outcome.Value > 0) await scope.ServiceProvider.GetRequiredService<WarmUp>().RunAsync(stoppingToken);
        foreach (var problem in outcome.Problems) log.LogError("The demo data is incomplete: {Problem}", problem);
    }

    private async Task<Outcome<int>> SeedAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var catalog = services.GetRequiredService<IScorecardCatalog>();
        if (await catalog.FindAsync(Scorecard, cancellationToken) is not { } definition) return new Problem("scorecard.notFound", $"There is no scorecard {Scorecard}.");
        var users = services.GetRequiredService<UserManager<WorkbenchUser>>();
        if (await models.InProductionAsync(Scorecard, cancellationToken) is null)
        {
            if (!(await PersonAsync(users, Roles.Admin)).TryGet(out var approver, out var problems)) return Outcome<int>.Refused(problems);
            var built = await services.GetRequiredService<DemoModel>().BuildAsync(definition, approver, cancellationToken);
            if (!built.TryGet(out var model, out problems)) return Outcome<int>.Refused(problems);
            log.LogInformation("The demo model {Model} is in production.", model.Reference);
        }

        var isSeeded = (await services.GetRequiredService<IApplicantStore>().SearchAsync(null, 1, 1, cancellationToken)).Total > 0;
        var made = isSeeded ? 0 : await CasesAsync(services, users, definition, cancellationToken);
        if (!made.TryGet(out var count, out var faults)) return Outcome<int>.Refused(faults);
        return (await RolloutsAsync(services, users, cancellationToken)).Then<int>(_ => count);
    }

    private async Task<Outcome<int>> CasesAsync(IServiceProvider services, UserManager<WorkbenchUser> users, ScorecardDefinition definition, CancellationToken cancellationToken)
    {
        var officer = DemoUsers.All.First(user => user.Role == Roles.LoanOfficer);
        if (await users.FindByEmailAsync(officer.Email) is not { } account) return new Problem("user.notFound", $"There is no user {officer.Email}.");
        var made = await services.GetRequiredService<DemoCases>().CreateAsync(definition, DemoCases.Officer(account.Id, account.DisplayName), cancellationToken);
        if (made.Succeeded) log.LogInformation("{Count} demo applications are in.", made.Value);
        return made.Succeeded ? await VariantsAsync(services, users, definition, cancellationToken) : made;
    }

    // Last, because nobody waits for them: something to compare, to approve and to roll back from.
    private async Task<Outcome<int>> VariantsAsync(IServiceProvider services, UserManager<WorkbenchUser> users, ScorecardDefinition definition, CancellationToken cancellationToken)
    {
        if (!(await PersonAsync(users, Roles.RiskAnalyst)).TryGet(out var builder, out var problems)) return Outcome<int>.Refused(problems);
        var made = await services.GetRequiredService<DemoModel>().VariantsAsync(definition, builder, cancellationToken);
        if (made.Succeeded) log.LogInformation("{Count} more versions of the demo model are in.", made.Value);
        return made;
    }

    private async Task<Outcome<int>> RolloutsAsync(IServiceProvider services, UserManager<WorkbenchUser> users, CancellationToken cancellationToken)
    {
        if ((await models.ListAsync(Scorecard, cancellationToken)).FirstOrDefault(model => model.Stage == ModelStage.Staging) is not { } challenger) return 0;
        if (!(await PersonAsync(users, Roles.Admin)).TryGet(out var starter, out var problems)) return Outcome<int>.Refused(problems);
        var made = await services.GetRequiredService<DemoRollouts>().StartAsync(challenger, starter, cancellationToken);
        if (made.Succeeded && made.Value > 0) log.LogInformation("{Challenger} runs as a shadow.", challenger.Reference);
        return made;
    }

    private static async Task<Outcome<Actor>> PersonAsync(UserManager<WorkbenchUser> users, string role)
    {
        var person = DemoUsers.All.First(user => user.Role == role);
        return await users.FindByEmailAsync(person.Email) is { } account
            ? new Actor(account.Id, account.DisplayName, ActorKind.User, Roles.PermissionsOf([role]))
            : new Problem("user.notFound", $"There is no user {person.Email}.");
    }
}
