using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>A second factor from the key on the page to the recovery code and back; another password ends the other sessions.</summary>
[Collection(BrowserGroup.Name)]
public sealed class SecondFactorTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Admin = "rina.wijaya@example.com";
    private const string Password = "Fourteen-letters-1";
    private const string Next = "Sixteen-letters-22";

    [Fact]
    public async Task SecondFactor_FromTheKeyOnThePage_IsAskedForThenPassedByCodeAndByRecoveryCodeAndSwitchedOff()
    {
        var email = await PersonAsync();
        await using var person = await chromium.VisitAsync(workbench.Url);
        var page = person.Page;
        await SignInAsync(person, email, Password);
        await person.OpenAsync("/account");

        var key = await page.Locator(".qr-frame .key").InnerTextAsync();
        await page.FillAsync("#enable-code", Code(key));
        await page.ClickAsync("#second-factor button.primary");
        await page.Locator("#recovery-codes li").First.WaitForAsync();
        var recovery = await page.Locator("#recovery-codes li").AllInnerTextsAsync();
        await SignOutAsync(page);

        await EnterAsync(page, email, Password);
        await page.FillAsync("#code", "000000");
        await page.ClickAsync("form.fields button[type=submit]");
        await Assertions.Expect(page.Locator("[role=alert]").First).ToBeVisibleAsync();
        await page.FillAsync("#code", Code(key));
        await page.ClickAsync("form.fields button[type=submit]");
        await page.Locator(".shell[data-ready]").WaitForAsync();
        await SignOutAsync(page);

        await EnterAsync(page, email, Password);
        await page.FillAsync("#code", recovery[0].Trim());
        await page.ClickAsync("form.fields button[type=submit]");
        await page.Locator(".shell[data-ready]").WaitForAsync();
        await person.OpenAsync("/account");
        await Assertions.Expect(page.Locator("#second-factor")).ToContainTextAsync((recovery.Count - 1).ToString(CultureInfo.InvariantCulture));
        await page.FillAsync("#disable-password", Password);
        await page.ClickAsync("#second-factor button.danger");
        await page.Locator("#enable-code").WaitForAsync();
        await SignOutAsync(page);

        await EnterAsync(page, email, Password);
        await page.Locator(".shell[data-ready]").WaitForAsync();
    }

    [Fact]
    public async Task Password_Changed_EndsEveryOtherSession()
    {
        var email = await PersonAsync();
        await using var there = await chromium.VisitAsync(workbench.Url, 390);
        await SignInAsync(there, email, Password);
        await using var here = await chromium.VisitAsync(workbench.Url);
        await SignInAsync(here, email, Password);
        await here.OpenAsync("/account");

        await here.Page.FillAsync("#old-password", Password);
        await here.Page.FillAsync("#new-password", Next);
        await here.Page.ClickAsync("#password-card button[type=submit]");
        await Assertions.Expect(here.Page.Locator(".note[role=status]")).ToBeVisibleAsync();

        await there.Page.GotoAsync(workbench.Url + "/account");
        await there.Page.ReachesAsync("**/sign-in**");
        await here.OpenAsync("/account");
        await Assertions.Expect(here.Page.Locator("#password-card")).ToBeVisibleAsync();
        await EnterAsync(there.Page, email, Password);
        await Assertions.Expect(there.Page.Locator("[role=alert]").First).ToBeVisibleAsync();
        await EnterAsync(there.Page, email, Next);
        await there.Page.Locator(".shell[data-ready]").WaitForAsync();
    }

    // A person of their own, so that no other test finds a demo person locked or asked for a code.
    private async Task<string> PersonAsync()
    {
        await using var admin = await chromium.VisitAsync(workbench.Url);
        await admin.EnterAsAsync(Admin);
        await admin.OpenAsync("/users");
        var email = $"{Guid.NewGuid():N}@example.com";
        await admin.Page.ClickAsync(".page-head button.primary");
        await admin.Page.FillAsync("#user-name", "Gita Savitri");
        await admin.Page.FillAsync("#user-email", email);
        await admin.Page.ClickAsync("#add-user .segments button:nth-child(2)");
        await admin.Page.FillAsync("#user-password", Password);
        await admin.Page.ClickAsync("#add-user button[type=submit]");
        await Assertions.Expect(admin.Page.Locator("#add-user")).ToHaveCountAsync(0);
        return email;
    }

    private static async Task SignInAsync(Visitor visitor, string email, string password)
    {
        await visitor.OpenAsync("/sign-in");
        await EnterAsync(visitor.Page, email, password);
        await visitor.Page.Locator(".shell[data-ready]").WaitForAsync();
    }

    private static async Task EnterAsync(IPage page, string email, string password)
    {
        await page.FillAsync("#email", email);
        await page.FillAsync("#password", password);
        await page.ClickAsync("form.fields button[type=submit]");
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.ClickAsync(".user-menu summary");
        await page.ClickAsync(".user-menu form button");
        await page.Locator("#email").WaitForAsync();
    }

    /// <summary>The code of the moment (RFC 6238: HMAC-SHA1 over half minutes, six digits).</summary>
    private static string Code(string key)
    {
        var step = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30;
        var counter = BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(step));
#pragma warning disable CA5350 // The standard of authenticator apps names SHA-1.
        var hash = HMACSHA1.HashData(FromBase32(key), counter);
#pragma warning restore CA5350
        var at = hash[^1] & 0xF;
        var number = (hash[at] & 0x7F) << 24 | hash[at + 1] << 16 | hash[at + 2] << 8 | hash[at + 3];
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] FromBase32(string text)
    {
        var (bytes, value, bits) = (new List<byte>(), 0, 0);
        foreach (var letter in text.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit))
        {
            (value, bits) = (value << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), bits + 5);
            if (bits < 8) continue;
            bits -= 8;
            bytes.Add((byte)(value >> bits));
            value &= (1 << bits) - 1;
        }

        return [.. bytes];
    }
}
