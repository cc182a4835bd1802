using System.Globalization;
using System.Text;
using CreditWorkbench.Tests.Scenarios;
using CreditWorkbench.Web.Commands;
using Xunit;

namespace CreditWorkbench.Tests.Commands;

/// <summary>Verbs of one data folder run one after the other, as on a command line.</summary>
[CollectionDefinition(Name)]
public sealed class CommandCollection : ICollectionFixture<CommandRoom>
{
    public const string Name = "commands";
}

/// <summary>What a verb came to.</summary>
/// <param name="Code">Exit code.</param>
/// <param name="Out">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record CommandRun(int Code, string Out, string Error);

/// <summary>A data folder with a small trust model that was made by the verbs themselves: generate, then train and register.</summary>
public sealed class CommandRoom : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The store's folder.</summary>
    public string Data => _folder.File("data");

    /// <summary>600 generated rows of trust.</summary>
    public string TrustRows => _folder.File("trust.csv");

    /// <summary>Result of the training run as JSON.</summary>
    public string TrainingJson => _folder.File("trained.json");

    /// <summary>The packaged model as a file.</summary>
    public string PackageFile => Path.Combine(_folder.Path, "report", "model.cwb");

    /// <summary>Hyper-parameters that train in a blink.</summary>
    public string Parameters => _folder.Write("parameters.json", """{"boosting":{"trees":15,"depth":3},"forest":{"trees":20,"depth":6,"minSplit":20}}""");

    public CommandRun Trained { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var generated = await RunAsync("generate", "--scorecard", "trust", "--rows", "1200", "--seed", "3", "--out", TrustRows);
        Assert.Equal((0, ""), (generated.Code, generated.Code == 0 ? "" : generated.Error));
        Trained = await RunAsync("train", "--scorecard", "trust", "--input", TrustRows, "--params", Parameters, "--register", "trust", "--report", _folder.File("report"), "--json", TrainingJson);
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A file's path in the room.</summary>
    public string File(string name) => _folder.File(name);

    /// <summary>Runs a verb on the room's data folder.</summary>
    public Task<CommandRun> RunAsync(params string[] args) => RunOnAsync(Data, args);

    /// <summary>Runs a verb on another data folder; null for verbs that have none.</summary>
    internal static async Task<CommandRun> RunOnAsync(string? data, params string[] args)
    {
        string[] all = data is null ? args : [.. args, "--data", data];
        var (code, written, complained) = await ConsoleRouter.RunAsync(() => CommandLine.RunAsync(all));
        return new CommandRun(code, written, complained);
    }

    /// <summary>Writes a file of made-up borrowers: id, income, debt, job, bad.</summary>
    /// <param name="name">File name.</param>
    /// <param name="rows">Data rows.</param>
    /// <param name="delimiter">Between cells.</param>
    /// <param name="lineEnd">After every line.</param>
    /// <param name="encoding">UTF-8 without a mark when null.</param>
    /// <param name="header">Header, with commas.</param>
    /// <param name="change">Changes the cells of a row by its one-based number.</param>
    internal string Borrowers(string name, int rows = 400, string delimiter = ",", string lineEnd = "\n", Encoding? encoding = null, string header = "id,income,debt,job,bad", Func<int, string[], string[]>? change = null)
    {
        var random = new Core.Synthetic.RandomStream(11, 0);
        var text = new StringBuilder(header.Replace(",", delimiter, StringComparison.Ordinal)).Append(lineEnd);
        for (var row = 1; row <= rows; row++)
        {
            var (income, debt, job) = (1 + (int)(100 * random.Uniform()), random.Uniform(), (int)(3 * random.Uniform()));
            var bad = random.Uniform() < 1 / (1 + Math.Exp(1.5 - 3 * debt + 0.02 * income));
            string[] cells = [Text(row), Text(income), debt.ToString("F3", CultureInfo.InvariantCulture), new[] { "café", "naïve", "none" }[job], bad ? "1" : "0"];
            text.AppendJoin(delimiter, change?.Invoke(row, cells) ?? cells).Append(lineEnd);
        }

        System.IO.File.WriteAllText(File(name), text.ToString(), encoding ?? new UTF8Encoding(false));
        return File(name);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
