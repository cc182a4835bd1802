using System.CommandLine;
using System.Text.Json;
using CreditWorkbench.Core.Audit;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>audit verify</c> and <c>audit export --out FILE</c>.</summary>
public static class AuditCommand
{
    /// <summary>The verb.</summary>
    public static Command Build() => new("audit", "Verify or export the audit trail.") { Verify(), Export() };

    private static Command Verify()
    {
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var verify = new Command("verify", "Check every link of the chain and the seals of its tail.") { data, json };
        verify.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var verification = await app.Services.GetRequiredService<IAuditReader>().VerifyAsync(cancellationToken);
            if (parsed.GetValue(json) is { } file) await ResultFile.WriteTextAsync(file, JsonSerializer.Serialize(verification, JsonSerializerOptions.Web), cancellationToken);
            await (verification.Intact ? Console.Out : Console.Error).WriteLineAsync(verification.Message);
            return verification.Intact ? 0 : 1;
        });
        return verify;
    }

    private static Command Export()
    {
        var data = SharedOptions.Data();
        var output = new Option<string>("--out") { Description = "File to write, one JSON object a line.", Required = true };
        var export = new Command("export", "Write the trail as a regulator may see it: personal data masked.") { data, output };
        export.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var reader = app.Services.GetRequiredService<IAuditReader>();
            var entries = 0;
            await ResultFile.WriteAsync(parsed.GetRequiredValue(output), async stream =>
            {
                await using var writer = new StreamWriter(stream);
                await foreach (var view in reader.ReadAllAsync(new AuditQuery(), cancellationToken))
                {
                    await writer.WriteLineAsync(JsonSerializer.Serialize(view, JsonSerializerOptions.Web));
                    entries++;
                }
            }, cancellationToken);
            Console.WriteLine($"{entries} entries written.");
            return 0;
        });
        return export;
    }
}
