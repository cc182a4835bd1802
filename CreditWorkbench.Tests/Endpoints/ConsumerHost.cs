using System.Globalization;
using System.Text;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.Decisioning;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Endpoints;

/// <summary>The whole program with a model of the consumer scorecard in production. Jobs are done when a test says so.</summary>
public sealed class ConsumerHost : IAsyncLifetime
{
    /// <summary>The program.</summary>
    public ApiHost Host { get; } = new(["--Workbench:Webhooks:Private=loopback"]);

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        await Host.InitializeAsync();
        await PromoteAsync(Host.App.Services);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Host.DisposeAsync();

    /// <summary>Puts the model into production, past the gates that have tests of their own.</summary>
    public static async Task PromoteAsync(IServiceProvider services)
    {
        var registered = await services.GetRequiredService<RegistryDesk>().RegisterAsync("consumer-trees", ConsumerModel.Package.Value, Actor.System, Now);
        Assert.True(registered.Succeeded, string.Join(' ', registered.Problems));
        var change = new StageChange(registered.Value.Id, registered.Value.Stage, ModelStage.Production, Actor.System.Id, "For tests.", DateTimeOffset.UtcNow);
        var moved = await services.GetRequiredService<IModelStore>().ChangeStageAsync(registered.Value, change, new AuditDraft(Actor.System, "model.stageChanged", "consumer-trees", new Dictionary<string, string?>()), Now);
        Assert.True(moved.Succeeded, string.Join(' ', moved.Problems));
    }

    /// <summary>Does one job; false when there was none.</summary>
    public Task<bool> WorkAsync() => Host.App.Services.GetRequiredService<JobWorker>().RunOneAsync(Now);

    /// <summary>Generated rows as CSV without what the stateless door does not take; the first column is the row's own reference.</summary>
    public static string Csv(int rows, int seed = 21, Func<int, string, string, string>? change = null)
    {
        var form = new StatelessForm(ConsumerModel.Definition);
        var inputs = ConsumerModel.Definition.Inputs.Where(input => !form.Personal.Contains(input.Name) && !form.Ignored.Contains(input.Name)).ToList();
        var csv = new StringBuilder("ref," + string.Join(',', inputs.Select(input => input.Name)) + "\n");
        foreach (var (row, record) in ConsumerModel.Applicants(rows, seed).Index())
            csv.Append(CultureInfo.InvariantCulture, $"r{row}").AppendJoin("", inputs.Select(input => "," + Cell(input.Name, record, row, change))).Append('\n');
        return csv.ToString();
    }

    private static string Cell(string name, InputRecord record, int row, Func<int, string, string, string>? change)
    {
        var (input, value) = (record.Definition.Input(name)!, record[name]);
        var text = value.Kind switch
        {
            InputValueKind.Missing => "",
            InputValueKind.Special => input.Specials[(int)value.Number - 1].Value,
            InputValueKind.Text => value.Text!,
            _ when input.Values.Count > 0 => input.Values[(int)value.Number].Code,
            _ when input.Type == Core.Scorecards.InputType.Date => DateOnly.FromDayNumber((int)value.Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => value.Number.ToString("R", CultureInfo.InvariantCulture),
        };
        return change is null ? text : change(row, name, text);
    }
}
