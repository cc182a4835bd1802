using System.CommandLine;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary>The verbs of the one executable. Exit codes: 0 done, 1 refused or failed, 2 wrong usage.</summary>
public static class CommandLine
{
    /// <summary>Runs the verb that the arguments name; no verb serves.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [] or [['-', ..], ..] and not (["-h", ..] or ["--help", ..] or ["-?", ..] or ["--version", ..])) args = ["serve", .. args];
        var parsed = Root().Parse(args);
        if (parsed.Errors.Count == 0) return await InvokeAsync(parsed);
        foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync(error.Message);
        await Console.Error.WriteLineAsync($"Run '{parsed.CommandResult.Command.Name} --help' for its options.");
        return 2;
    }

    private static RootCommand Root()
    {
        var root = new RootCommand("Explainable credit-decisioning workbench.");
        Command[] verbs =
        [
            ServeCommand.Build(), ScorecardsCommand.Build(), GenerateCommand.Build(), EtlCommand.Build(), TrainCommand.Build(), EvaluateCommand.Build(), ScoreCommand.Build(), ImportModelCommand.Build(), ExportModelCommand.Build(),
            ModelsCommand.Build(), StageCommands.Promote(), StageCommands.Retire(), StageCommands.Rollback(), ReplayCommand.Build(), WorkerCommand.Build(), JobsCommand.Build(), AuditCommand.Build(), UsersCommand.Build(), KeysCommand.Build(), SmokeCommand.Build(), MigrateCommand.Build(),
        ];
        foreach (var verb in verbs) root.Subcommands.Add(verb);
        return root;
    }

    // The one place that turns broken surroundings into a message: a stack trace is of no use to whoever typed the command.
    private static async Task<int> InvokeAsync(ParseResult parsed)
    {
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("Cancelled; nothing was changed.");
            return 1;
        }
        catch (StartRefusedException refused)
        {
            return Refuse(refused.Problems);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            await Console.Error.WriteLineAsync($"{broken.Message} Check the path, its rights and the free space.");
            return 1;
        }
    }

    /// <summary>Writes problems to standard error, one a line with its code at the end, and gives the exit code of a refusal.</summary>
    public static int Refuse(IReadOnlyList<Problem> problems)
    {
        foreach (var problem in problems) Console.Error.WriteLine($"{problem} [{problem.Code}]");
        return 1;
    }
}
