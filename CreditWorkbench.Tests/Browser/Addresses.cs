using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CreditWorkbench.Tests.Browser;

/// <summary>Waits for the address of a page.</summary>
/// <remarks>Asks the browser again and again instead of waiting for an event of navigation: an address that is set by script while the waiter begins to listen
/// would pass unseen, and the wait would end in a timeout on the very page that it waited for.</remarks>
internal static class Addresses
{
    private const float Patience = 60_000;

    /// <summary>Waits until the address has a form.</summary>
    /// <param name="page">The page.</param>
    /// <param name="form">Address with <c>**</c> for anything and <c>*</c> for anything but a slash.</param>
    public static Task ReachesAsync(this IPage page, string form) =>
        Assertions.Expect(page).ToHaveURLAsync(new Regex("^" + Regex.Escape(form).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal) + "$"), new() { Timeout = Patience });

    /// <summary>Waits until the address no longer has some words in it.</summary>
    public static Task LeavesAsync(this IPage page, string words) => Assertions.Expect(page).Not.ToHaveURLAsync(new Regex(Regex.Escape(words)), new() { Timeout = Patience });
}
