using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>What somebody types into a form stays there, however slow the line is.</summary>
[Collection(BrowserGroup.Name)]
public sealed class TypingTests(WorkbenchProcess workbench, Chromium chromium)
{
    [Fact]
    public async Task Form_TypedOverASlowLine_KeepsEveryLetter()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.SlowAsync(400);
        await officer.OpenAsync("/applications/new?scorecard=trust");

        await officer.Page.Locator("#name").PressSequentiallyAsync("Ratna Kusumawardani", new() { Delay = 60 });

        await Assertions.Expect(officer.Page.Locator("#name")).ToHaveValueAsync("Ratna Kusumawardani");
        await Assertions.Expect(officer.Page.Locator("#name")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Form_WithTheConnectionCutAndRestored_LosesNothingTyped()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.MakeCuttableAsync();
        await officer.EnterAsAsync("maya.putri@example.com");
        await officer.OpenAsync("/applications/new?scorecard=trust");
        await Intake.RegisterAsync(officer.Page, "Wulan Sari");
        await Intake.ConsentAsync(officer.Page);
        var page = officer.Page;
        await page.FillAsync("#monthly_transaction_count", "22");
        await page.FillAsync("#spending_volatility", "0.61");

        await officer.CutAsync();
        await page.FillAsync("#utility_payment_months", "14");
        await page.SelectOptionAsync("#gender", "F");
        await page.FillAsync("#avg_month_end_balance", "1,850,000");
        await page.FillAsync("#address_stability_years", "2.5");
        await officer.RestoreAsync();
        await page.FillAsync("#age_years", "31");
        await page.FillAsync("#amount", "60,000,000");

        await page.Locator("#amount").BlurAsync();
        await Assertions.Expect(page.Locator("#progress")).ToContainTextAsync("7 of 16");
        await Assertions.Expect(page.Locator("#amount")).ToHaveValueAsync("60,000,000");
        await Assertions.Expect(page.GetByText("Draft saved")).ToBeVisibleAsync();
        await page.ReloadAsync();
        await page.Locator(".shell[data-ready]").WaitForAsync();
        foreach (var (field, value) in new[] { ("monthly_transaction_count", "22"), ("spending_volatility", "0.61"), ("utility_payment_months", "14"), ("avg_month_end_balance", "1,850,000"), ("address_stability_years", "2.5"), ("age_years", "31") })
            await Assertions.Expect(page.Locator("#" + field)).ToHaveValueAsync(value);
    }
}
