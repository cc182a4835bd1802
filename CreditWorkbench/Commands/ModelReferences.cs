using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Web.Hosting;

namespace CreditWorkbench.Web.Commands;

/// <summary>Finds the model that <c>--model</c> names: NAME[@VERSION] of the registry, or a package file.</summary>
public static class ModelReferences
{
    /// <summary>The serving line of the model.</summary>
    public static async Task<Outcome<ServingLine>> OpenAsync(string reference, string? data, CancellationToken cancellationToken)
    {
        if (File.Exists(reference)) return await FromFileAsync(reference, cancellationToken);
        await using var app = await WorkbenchHost.OpenAsync(data, cancellationToken);
        var found = await app.Services.GetRequiredService<RegistryDesk>().FindAsync(reference, cancellationToken);
        if (!found.TryGet(out var model, out var problems)) return Outcome<ServingLine>.Refused(problems);
        return (await app.Services.GetRequiredService<ReleaseSource>().OfAsync(model)).Then<ServingLine>(release => new ServingLine(release));
    }

    private static async Task<Outcome<ServingLine>> FromFileAsync(string path, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(path, cancellationToken);
        return PackageEncoding.Read(bytes)
            .Then(package => Release.Open(package, Unregistered(path, package, ContentHash.Of(bytes))))
            .Then<ServingLine>(release => new ServingLine(release));
    }

    private static RegisteredModel Unregistered(string path, ModelPackage package, ContentHash hash) =>
        RegisteredModel.Of(Guid.Empty, Path.GetFileNameWithoutExtension(path), package, hash, Actor.System.Id, DateTimeOffset.UnixEpoch);
}
