using System.CommandLine;
using System.Globalization;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Hosting;
using CreditWorkbench.Web.Identity;

namespace CreditWorkbench.Web.Commands;

/// <summary><c>keys add|revoke|list</c>: keys of client systems without a browser.</summary>
public static class KeysCommand
{
    /// <summary>The verb.</summary>
    public static Command Build() => new("keys", "Give, revoke or list keys of client systems.") { Add(), Revoke(), List() };

    private static Command Add()
    {
        var (data, json) = (SharedOptions.Data(), SharedOptions.Json());
        var name = new Argument<string>("name") { Description = "Name for screens." };
        var scopes = new Option<string[]>("--scope") { Description = $"What it opens, repeatable: {string.Join(", ", ApiScopes.All)}.", Required = true };
        scopes.AcceptOnlyFromAmong([.. ApiScopes.All]);
        var days = new Option<int?>("--days") { Description = "Days until it expires (default: never)." };
        var limit = new Option<int?>("--limit") { Description = "Requests a minute (default: the setting)." };
        var basis = new Option<string?>("--legal-basis") { Description = $"Legal basis of calls that name none: {string.Join(", ", ApiKeyDesk.LegalBases)}." };
        var branch = new Option<string?>("--branch") { Description = "Branch that its applications belong to." };
        var add = new Command("add", "Give a key; its secret is printed this once.") { name, scopes, days, limit, basis, branch, data, json };
        add.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var order = new ApiKeyOrder(parsed.GetRequiredValue(name), parsed.GetRequiredValue(scopes))
            {
                RequestsPerMinute = parsed.GetValue(limit),
                LegalBasis = parsed.GetValue(basis),
                Branch = parsed.GetValue(branch),
                ExpiresAt = parsed.GetValue(days) is { } lasting ? app.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(lasting) : null,
            };
            if (!(await app.Services.GetRequiredService<ApiKeyDesk>().AddAsync(order, Actor.System, cancellationToken)).TryGet(out var made, out var problems)) return CommandLine.Refuse(problems);
            if (parsed.GetValue(json) is { } file) await ResultFile.WriteTextAsync(file, System.Text.Json.JsonSerializer.Serialize(new { id = made.Key.Id, key = made.Text, scopes = made.Key.Scopes, expiresAt = made.Key.ExpiresAt }, System.Text.Json.JsonSerializerOptions.Web), cancellationToken);
            Console.WriteLine(made.Text);
            return 0;
        });
        return add;
    }

    private static Command Revoke()
    {
        var data = SharedOptions.Data();
        var id = new Argument<Guid>("id") { Description = "Identity of the key, as 'keys list' shows it." };
        var revoke = new Command("revoke", "Take a key back; it opens nothing after five seconds.") { id, data };
        revoke.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            if (!(await app.Services.GetRequiredService<ApiKeyDesk>().RevokeAsync(parsed.GetRequiredValue(id), Actor.System, cancellationToken)).TryGet(out var key, out var problems)) return CommandLine.Refuse(problems);
            Console.WriteLine($"{key.Name} is revoked.");
            return 0;
        });
        return revoke;
    }

    private static Command List()
    {
        var data = SharedOptions.Data();
        var list = new Command("list", "List keys with scopes, expiry and last use.") { data };
        list.SetAction(async (parsed, cancellationToken) =>
        {
            await using var app = await WorkbenchHost.OpenAsync(parsed.GetValue(data), cancellationToken);
            var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
            foreach (var key in await app.Services.GetRequiredService<ApiKeys>().ListAsync(cancellationToken))
            {
                var state = key.RevokedAt is not null ? "revoked" : key.ActiveAt(now) ? "active" : "expired";
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{key.Id}  {key.Name}  {state}  {string.Join(' ', key.Scopes)}  last used {key.LastUsedAt?.UtcDateTime.ToString("u", CultureInfo.InvariantCulture) ?? "never"}"));
            }

            return 0;
        });
        return list;
    }
}
