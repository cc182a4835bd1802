using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.Store;
using CreditWorkbench.Web.Resources;
using Microsoft.AspNetCore.Identity;

namespace CreditWorkbench.Web.Identity;

/// <summary>Names of people for lists of what they did.</summary>
public sealed class PersonNames(IServiceScopeFactory scopes)
{
    /// <summary>The name of each identity; the product's own for the system, a short identity for whoever is gone.</summary>
    public IReadOnlyDictionary<Guid, string> Of(IEnumerable<Guid> ids)
    {
        var wanted = ids.Distinct().ToList();
        using var scope = scopes.CreateScope();
        var found = scope.ServiceProvider.GetRequiredService<UserManager<WorkbenchUser>>().Users.Where(user => wanted.Contains(user.Id))
            .Select(user => new { user.Id, user.DisplayName }).ToDictionary(user => user.Id, user => user.DisplayName);
        return wanted.ToDictionary(id => id, id => id == Actor.System.Id ? Texts.T("person.system") : found.GetValueOrDefault(id) ?? id.ToString()[..8]);
    }
}
