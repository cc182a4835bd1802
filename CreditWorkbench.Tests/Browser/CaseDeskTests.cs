using System.Text;
using Microsoft.Playwright;
using Xunit;

namespace CreditWorkbench.Tests.Browser;

/// <summary>The officer's desk in a real browser: trials, the queue by keyboard and while others work, evidence, letter, objection.</summary>
[Collection(BrowserGroup.Name)]
public sealed class CaseDeskTests(WorkbenchProcess workbench, Chromium chromium)
{
    private const string Maya = "maya.putri@example.com";
    private const string Arif = "arif.nugroho@example.com";

    [Fact]
    public async Task WhatIf_SliderMoved_DrawsTheTrialAndKeepsItBesideTheIssuedScore()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync(Maya);
        var address = await ScoredCase.NewAsync(officer, "Putri Lestari");
        await officer.OpenAsync(address + "/explanation");
        var page = officer.Page;
        var issued = await page.Locator(".trial .value").First.TextContentAsync();
        var number = page.Locator(".lever:has(#lever-utility_payment_consistency) .lever-number");

        await number.FillAsync("0.95");
        await number.PressAsync("Tab");
        await Assertions.Expect(page.Locator("[data-drawing=trial] svg >> nth=0")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^Waterfall in score points"));
        var trial = await page.Locator(".trial").GetAttributeAsync("data-trial");
        await page.FillAsync(".trial .keep input", "Pays on time");
        await page.ClickAsync("button:has-text('Keep as scenario')");
        await Assertions.Expect(page.Locator(".scenarios thead")).ToContainTextAsync("Pays on time");
        await Assertions.Expect(page.Locator(".scenarios .total td").Nth(1)).ToContainTextAsync(trial!);
        await officer.OpenAsync(address + "/score");

        Assert.NotEqual(issued, trial);
        await Assertions.Expect(page.Locator("[data-drawing=gauge] svg text.strong").First).ToHaveTextAsync(issued!);
        await officer.OpenAsync(address + "/explanation");
        await Assertions.Expect(page.Locator(".scenarios thead")).ToContainTextAsync("Pays on time");
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Queue_WalkedByKeyboard_ClaimsTheRowAndOthersSeeItAtOnce()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync(Maya);
        var address = await ScoredCase.NewAsync(officer, "Lina Marbun");
        var number = await officer.Page.Locator(".case-head .crumbs").InnerTextAsync();
        var search = "/reviews?q=" + number.Trim()[^6..];
        await using var senior = await chromium.VisitAsync(workbench.Url);
        await senior.EnterAsAsync(Arif);
        await senior.OpenAsync(search);
        await Assertions.Expect(senior.Page.Locator("#queue tbody")).ToContainTextAsync("Free");

        await officer.OpenAsync(search);
        var row = officer.Page.Locator("#queue tbody tr").First;
        await Assertions.Expect(row).ToContainTextAsync("Lina Marbun");
        await officer.Page.Locator("h1").First.FocusAsync();
        await officer.Page.EvaluateAsync("document.activeElement.blur()");
        await officer.Page.Keyboard.PressAsync("j");
        await Assertions.Expect(row).ToBeFocusedAsync();
        await officer.Page.Keyboard.PressAsync("c");
        await officer.Page.ReachesAsync($"**{address}/review");

        await Assertions.Expect(senior.Page.Locator("#queue tbody")).ToContainTextAsync("Maya Putri");
        Assert.Empty(officer.Complaints);
        Assert.Empty(senior.Complaints);
    }

    [Fact]
    public async Task Queue_ViewSaved_OpensTheSameFilterAndOrderAgain()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync(Maya);
        await officer.OpenAsync("/reviews?filter=free&sort=score&desc=true");
        var page = officer.Page;
        var name = $"Best first {Guid.NewGuid():N}"[..20];

        await page.FillAsync(".saved-views input", name);
        await page.ClickAsync(".saved-views button:has-text('Save view')");
        await page.Locator($".saved-views a:has-text('{name}')").WaitForAsync();
        await officer.OpenAsync("/reviews");
        await page.ClickAsync($".saved-views a:has-text('{name}')");
        await page.ReachesAsync("**/reviews?filter=free&sort=score&desc=true");

        await Assertions.Expect(page.Locator("th[aria-sort=descending]")).ToContainTextAsync("Score");
        await Assertions.Expect(page.Locator(".chip[aria-pressed=true]")).ToContainTextAsync("Free");
        await page.ClickAsync($".saved-views button[aria-label='Remove the view {name}']");
        await Assertions.Expect(page.Locator($".saved-views a:has-text('{name}')")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Case_DeclinedWithEvidence_EndsInALetterAndAnObjectionForSomebodyElse()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync(Maya);
        var address = await ScoredCase.NewAsync(officer, "Tirta Halim");
        await officer.OpenAsync(address + "/review");
        await FileAsync(officer.Page);
        await DeclineAsync(officer.Page);

        await officer.Page.ClickAsync("a:has-text('Write the letter')");
        await Assertions.Expect(officer.Page.Locator(".letter")).ToContainTextAsync("Tirta Halim");
        await officer.Page.ClickAsync("button:has-text('Issue the letter')");
        await Assertions.Expect(officer.Page.Locator(".page-head")).ToContainTextAsync("Issued");
        await officer.OpenAsync(address + "/review");
        await officer.Page.ClickAsync("button:has-text('Record an objection')");
        await officer.Page.FillAsync("#grounds", "The applicant says that the lease income was left out.");
        await officer.Page.ClickAsync("button:has-text('Reopen the case')");
        await Assertions.Expect(officer.Page.Locator(".note.caution").First).ToContainTextAsync("lease income");
        await officer.Page.ClickAsync("button:has-text('Claim')");
        await Assertions.Expect(officer.Page.Locator(".case-head [role=alert]")).ToContainTextAsync("You took part in the decision");
        await ClaimAsSeniorAsync(address);

        // What the other person did appears here without a reload.
        await Assertions.Expect(officer.Page.Locator(".case-head")).ToContainTextAsync("Claimed by Arif Nugroho");
        Assert.Empty(officer.Complaints);
    }

    [Fact]
    public async Task Explanation_ReadByAnAuditor_ReplaysFindsLikeCasesAndCompares()
    {
        await using var officer = await chromium.VisitAsync(workbench.Url);
        await officer.EnterAsAsync(Maya);
        await ScoredCase.NewAsync(officer, "Ratih Kusuma");
        var address = await ScoredCase.NewAsync(officer, "Hendra Lubis");
        await using var auditor = await chromium.VisitAsync(workbench.Url);
        await auditor.EnterAsAsync("ines.kaloh@example.com");
        await auditor.OpenAsync(address + "/score");

        await auditor.Page.ClickAsync("button:has-text('Replay')");
        await Assertions.Expect(auditor.Page.Locator(".case-head")).ToContainTextAsync("Equal to the bit");
        await auditor.OpenAsync(address + "/explanation");
        await auditor.Page.ClickAsync("button:has-text('Work out interactions')");
        await Assertions.Expect(auditor.Page.Locator("#interactions li").First).ToContainTextAsync("with");
        await auditor.Page.ClickAsync("button:has-text('Find similar cases')");
        await auditor.Page.Locator("#similar tbody a:has-text('Compare')").First.ClickAsync();
        await Assertions.Expect(auditor.Page.Locator("[data-drawing=compared] svg >> nth=0")).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("^Waterfall in score points"));

        Assert.Empty(auditor.Complaints);
    }

    private static async Task FileAsync(IPage page)
    {
        await page.ClickAsync("button:has-text('Claim')");
        await page.Locator("#decision [name=verdict]").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await page.SetInputFilesAsync("#document-file:not([disabled])", new FilePayload { Name = "payslip.pdf", MimeType = "application/pdf", Buffer = Encoding.ASCII.GetBytes("%PDF-1.7 payslip") });
        await Assertions.Expect(page.Locator("#documents li")).ToContainTextAsync("payslip.pdf");
        await page.SetInputFilesAsync("#document-file:not([disabled])", new FilePayload { Name = "page.pdf", MimeType = "application/pdf", Buffer = Encoding.ASCII.GetBytes("<html>") });
        await Assertions.Expect(page.Locator("#documents [role=alert]")).ToContainTextAsync("no PDF, PNG or JPEG");
        await page.ClickAsync("button:has-text('Add note')");
        await page.FillAsync("#note", "Called the employer; the job is confirmed.");
        await page.ClickAsync("button:has-text('Save note')");
        await Assertions.Expect(page.Locator("#review-timeline")).ToContainTextAsync("the job is confirmed");
    }

    private static async Task DeclineAsync(IPage page)
    {
        await page.ClickAsync("#decision label:has-text('Decline')");
        await page.FillAsync("#justification", "Too little steady income for this instalment; the reasons were explained.");
        await page.ClickAsync("#decision button.primary");
        await Assertions.Expect(page.Locator("#decision")).ToContainTextAsync("Decided by");
    }

    private async Task ClaimAsSeniorAsync(string address)
    {
        await using var senior = await chromium.VisitAsync(workbench.Url);
        await senior.EnterAsAsync(Arif);
        await senior.OpenAsync(address + "/review");
        await senior.Page.ClickAsync("button:has-text('Claim')");
        await Assertions.Expect(senior.Page.Locator(".case-head")).ToContainTextAsync("Claimed by you");
        Assert.Empty(senior.Complaints);
    }
}
