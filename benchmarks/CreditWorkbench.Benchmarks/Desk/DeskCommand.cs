using System.Diagnostics;
using System.Globalization;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Core.Store;
using Microsoft.Extensions.DependencyInjection;

namespace CreditWorkbench.Benchmarks.Desk;

/// <summary>What an officer waits for on the server: a slider of a trial, a page of a long queue. Works on a demo store: <c>desk --data DIR
/// [--cases N] [--fill]</c>; <c>--fill</c> adds cases until the queue holds N, without it only times are taken.</summary>
internal static class DeskCommand
{
    /// <summary>The verb.</summary>
    public const string Name = "desk";

    private const int Repeats = 40;
    private static readonly Actor _officer = new(Guid.CreateVersion7(), "Officer", ActorKind.User, Enum.GetValues<Permission>().ToHashSet());

    /// <summary>Runs the verb.</summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var folder = Option(arguments, "--data") ?? throw new ArgumentException("desk needs --data DIR, a folder that serve --demo has filled.");
        await using var services = Services(folder);
        if (!(await services.GetRequiredService<WorkbenchStore>().MigrateAsync(CancellationToken.None)).TryGet(out _, out var problems)) throw new InvalidOperationException(string.Join(' ', problems));
        if (arguments.Contains("--fill")) await DeskQueue.FillAsync(services, int.Parse(Option(arguments, "--cases") ?? "10000", CultureInfo.InvariantCulture));
        await QueueAsync(services.GetRequiredService<QueueDesk>());
        await SlidersAsync(services);
        return 0;
    }

    private static async Task QueueAsync(QueueDesk desk)
    {
        var counts = (await desk.CountAsync(null, _officer, CancellationToken.None)).Value;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"queue: {counts.Open} open cases"));
        await TellAsync("counts of all filters", async _ => await desk.CountAsync(null, _officer, CancellationToken.None));
        foreach (var sort in Enum.GetValues<QueueSort>())
            await TellAsync($"page by {sort}", async i => await desk.PageAsync(Query(QueueFilter.Open) with { Sort = sort, Descending = i % 2 == 1, Page = 1 + i % (1 + counts.Open / 25) }, _officer, CancellationToken.None));
        foreach (var filter in Enum.GetValues<QueueFilter>()) await TellAsync($"filter {filter}", async _ => await desk.PageAsync(Query(filter), _officer, CancellationToken.None));
        await TellAsync("search by a word of the name", async _ => await desk.PageAsync(Query(QueueFilter.Open) with { Search = "lestari" }, _officer, CancellationToken.None));
        await TellAsync("search by the end of a number", async _ => await desk.PageAsync(Query(QueueFilter.Open) with { Search = "000017" }, _officer, CancellationToken.None));
    }

    private static async Task SlidersAsync(ServiceProvider services)
    {
        var row = (await services.GetRequiredService<QueueDesk>().PageAsync(Query(QueueFilter.Open), _officer, CancellationToken.None)).Value.Items[0];
        var session = (await services.GetRequiredService<WhatIfDesk>().OpenAsync(row.Case.ScoreId, _officer, CancellationToken.None)).Value;
        var sliders = session.Levers.Where(lever => lever.IsSlider).ToList();
        await TellAsync($"slider to waterfall, {sliders.Count} sliders, release {session.Score.Release.Model}", i =>
        {
            var lever = sliders[i % sliders.Count];
            var at = lever.Low!.Value + (lever.High!.Value - lever.Low.Value) * (i % 10) / 10;
            var value = lever.Input.Type == InputType.Integer ? Math.Round(at) : at;
            _ = session.Try(new Dictionary<string, InputValue> { [lever.Input.Name] = InputValue.OfNumber(value) }).Value;
            return Task.CompletedTask;
        });
    }

    private static QueueQuery Query(QueueFilter filter) => new(filter, _officer.Id, DateTimeOffset.UnixEpoch);

    private static async Task TellAsync(string what, Func<int, Task> work)
    {
        for (var i = 0; i < 5; i++) await work(i);
        var times = new double[Repeats];
        for (var i = 0; i < Repeats; i++)
        {
            var from = Stopwatch.GetTimestamp();
            await work(i);
            times[i] = Stopwatch.GetElapsedTime(from).TotalMilliseconds;
        }

        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {times[Repeats / 2]:0.0} | {times[^2]:0.0} |"));
    }

    private static ServiceProvider Services(string folder)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddWorkbenchStore(new StoreOptions { DataDirectory = folder });
        services.AddSingleton<IScorecardCatalog, ScorecardCatalog>();
        services.AddSingleton<ReleaseSource>();
        services.AddSingleton<ServingLines>();
        services.AddSingleton<WhatIfDesk>();
        services.AddSingleton<QueueDesk>();
        return services.BuildServiceProvider();
    }

    private static string? Option(string[] arguments, string name) => Array.IndexOf(arguments, name) is >= 0 and var at && at + 1 < arguments.Length ? arguments[at + 1] : null;
}
