using System.Globalization;
using System.Security.Claims;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Components.Pages.Decide;
using CreditWorkbench.Web.Components.Pages.Decide.Overview;
using CreditWorkbench.Web.Identity;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace CreditWorkbench.Web.Hosting;

/// <summary>Renders the pages that officers open first, once, after the start: the first click of the day then finds release, explainer, queries and pages compiled.
/// Only reads; what fails here is told and left to the page itself.</summary>
public sealed class WarmUp(IHostApplicationLifetime lifetime, ReleaseWarmUp releases, IServiceScopeFactory scopes, ILogger<WarmUp> log) : BackgroundService
{
    private static readonly Type[] CasePages = [typeof(ScorePage), typeof(ExplanationPage), typeof(RoadmapPage), typeof(ReviewPage)];

    private static readonly ClaimsPrincipal Reader = new(new ClaimsIdentity(
        [new(ClaimTypes.NameIdentifier, Actor.System.Id.ToString()), new(ClaimTypes.Name, Actor.System.Name), new(ClaimTypes.Role, Roles.SeniorOfficer)], nameof(WarmUp)));

    /// <summary>Renders them; also after the demo's cases have come in.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var services = scope.ServiceProvider;
            ((IHostEnvironmentNavigationManager)services.GetRequiredService<NavigationManager>()).Initialize("http://localhost/", "http://localhost/overview");
            await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
            await RenderAsync(renderer, typeof(OverviewPage), null);
            await RenderAsync(renderer, typeof(ReviewQueuePage), null);
            var newest = await services.GetRequiredService<IApplicationStore>().SearchAsync(new ApplicationQuery(ApplicationState.InReview) { PageSize = 1 }, cancellationToken);
            if (newest.Items is not [var application]) return;
            foreach (var page in CasePages) await RenderAsync(renderer, page, application.Id);
            await TryAsync(services, application.Id, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogWarning(error, "The pages could not be rendered beforehand.");
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await releases.BeginAsync().WaitAsync(stoppingToken); // what makes the node ready goes first
        await RunAsync(stoppingToken);
    }

    private static Task<int> RenderAsync(HtmlRenderer renderer, Type page, Guid? id) => renderer.Dispatcher.InvokeAsync(async () =>
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en");
        RenderFragment content = builder =>
        {
            builder.OpenComponent(0, page);
            if (id is { } one) builder.AddComponentParameter(1, "Id", one);
            builder.CloseComponent();
        };
        var rendered = await renderer.RenderComponentAsync<CascadingValue<Task<AuthenticationState>>>(ParameterView.FromDictionary(new Dictionary<string, object?>
        {
            ["Value"] = Task.FromResult(new AuthenticationState(Reader)),
            ["ChildContent"] = content,
        }));
        return rendered.ToHtmlString().Length;
    });

    // What the page works out once it is interactive: trials and the quality of the explanation.
    private static async Task TryAsync(IServiceProvider services, Guid application, CancellationToken cancellationToken)
    {
        var scores = await services.GetRequiredService<IScoreStore>().OfApplicationAsync(application, cancellationToken);
        if (scores is not [var score, ..] || !(await services.GetRequiredService<WhatIfDesk>().OpenAsync(score.Id, Actor.System, cancellationToken)).TryGet(out var session, out _)) return;
        session.Try(new Dictionary<string, Core.Intake.InputValue>());
        session.Quality();
    }
}
