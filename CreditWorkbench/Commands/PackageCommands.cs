using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary>Packages in and out of the registry, and the keys that sign them.</summary>
internal static class PackageCommands
{
    private const string PublicKeyLabel = "PUBLIC KEY";

    /// <summary><c>models export NAME@V --out FILE</c>.</summary>
    public static Command Export()
    {
        var (data, reference, target) = (SharedOptions.Data(), ModelsCommand.Reference(), new Option<string>("--out") { Description = "File to write.", Required = true });
        var export = new Command("export", "Write a package with its manifest and signature.") { reference, target, data };
        export.SetAction((parsed, cancellationToken) => ModelsCommand.WithModelAsync(parsed, data, reference, async (services, model) =>
        {
            if (!(await services.GetRequiredService<PackageDesk>().ExportAsync(model, Actor.System, cancellationToken)).TryGet(out var package, out var problems)) return CommandLine.Refuse(problems);
            await ResultFile.WriteAsync(parsed.GetRequiredValue(target), async stream => await stream.WriteAsync(package.Bytes, cancellationToken), cancellationToken);
            Console.WriteLine($"{model.Reference} in {parsed.GetRequiredValue(target)}, {package.Bytes.Length} bytes, signed by {model.SignedBy}.");
            return 0;
        }, cancellationToken));
        return export;
    }

    /// <summary><c>models upload FILE [--name NAME]</c>.</summary>
    public static Command Upload()
    {
        var (data, json, by) = (SharedOptions.Data(), SharedOptions.Json(), CommandActor.Option());
        var (path, name) = (new Argument<string>("file") { Description = "Package file." }, new Option<string?>("--name") { Description = "Name to register under (default: the scorecard's)." });
        var upload = new Command("upload", "Check a package file and register it in stage dev.") { path, name, by, data, json };
        upload.SetAction(async (parsed, cancellationToken) =>
        {
            if (!File.Exists(parsed.GetRequiredValue(path))) return CommandLine.Refuse([new Problem("file.missing", $"{parsed.GetRequiredValue(path)} does not exist.") { Remedy = "Check the path." }]);
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            if (!(await CommandActor.OfAsync(parsed.GetValue(by), app.Services)).TryGet(out var actor, out var problems)) return CommandLine.Refuse(problems);
            var bytes = await File.ReadAllBytesAsync(parsed.GetRequiredValue(path), cancellationToken);
            if (!(await app.Services.GetRequiredService<RegistryDesk>().UploadAsync(bytes, parsed.GetValue(name), actor, cancellationToken)).TryGet(out var model, out problems)) return CommandLine.Refuse(problems);
            Console.WriteLine($"Registered as {model.Reference} ({model.PackageHash.Short}) in {model.Stage}.");
            if (parsed.GetValue(json) is { } file) await ResultFile.WriteTextAsync(file, ModelJson.Text(ModelJson.Of(model, [])), cancellationToken);
            return 0;
        });
        return upload;
    }

    /// <summary><c>models sign NAME@V</c>.</summary>
    public static Command Sign()
    {
        var (data, reference) = (SharedOptions.Data(), ModelsCommand.Reference());
        var sign = new Command("sign", "Check and sign a model that an earlier program registered without a signature.") { reference, data };
        sign.SetAction((parsed, cancellationToken) => ModelsCommand.WithModelAsync(parsed, data, reference, async (services, model) =>
        {
            if (!(await services.GetRequiredService<PackageDesk>().SignAsync(model, Actor.System, cancellationToken)).TryGet(out var signed, out var problems)) return CommandLine.Refuse(problems);
            Console.WriteLine($"{signed.Reference} is signed by {signed.SignedBy}.");
            return 0;
        }, cancellationToken));
        return sign;
    }

    /// <summary><c>models keys [--rotate] [--export FILE] [--trust FILE --name WHOSE]</c>.</summary>
    public static Command Keys()
    {
        var (data, rotate) = (SharedOptions.Data(), new Option<bool>("--rotate") { Description = "Make a new signing key; packages signed before stay valid." });
        var (export, trust) = (new Option<string?>("--export") { Description = "Write the current public key as PEM." }, new Option<string?>("--trust") { Description = "Believe the signatures of this PEM public key." });
        var name = new Option<string?>("--name") { Description = "Whose key it is (with --trust)." };
        var keys = new Command("keys", "Show, renew, export or trust keys that sign packages.") { rotate, export, trust, name, data };
        keys.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var desk = app.Services.GetRequiredService<PackageDesk>();
            if (parsed.GetValue(trust) is { } pem)
            {
                if (!(await desk.TrustAsync(await ReadAsync(pem, cancellationToken), parsed.GetValue(name) ?? "", Actor.System, cancellationToken)).TryGet(out _, out var refused)) return CommandLine.Refuse(refused);
            }

            if (parsed.GetValue(rotate) && !(await desk.RotateAsync(Actor.System, cancellationToken)).TryGet(out _, out var kept)) return CommandLine.Refuse(kept);
            if (!desk.Keys(Actor.System).TryGet(out var listed, out var problems)) return CommandLine.Refuse(problems);
            if (parsed.GetValue(export) is { } target) await ResultFile.WriteTextAsync(target, PemEncoding.WriteString(PublicKeyLabel, listed[0].PublicKey) + "\n", cancellationToken);
            foreach (var key in listed) Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key.Id}  {(key.IsCurrent ? "current" : key.IsOwn ? "earlier" : "trusted"),-8} {key.Since:yyyy-MM-dd}  {key.Name}"));
            return 0;
        });
        return keys;
    }

    // Anything that is no PEM public key is refused by its bytes.
    private static async Task<byte[]> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var text = await File.ReadAllTextAsync(path, cancellationToken);
        return PemEncoding.TryFind(text, out var fields) && text[fields.Label] == PublicKeyLabel ? Convert.FromBase64String(text[fields.Base64Data]) : [];
    }
}
