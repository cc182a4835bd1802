using Bunit;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Components.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Each control does what it is for.</summary>
public sealed class ControlTests : BunitContext
{
    private readonly InCulture _culture = new("en");

    [Fact]
    public void Badge_WithAToneAndAnIcon_SaysItInWordsToo()
    {
        var badge = Render<Badge>(p => p.Add(b => b.Text, "Locked").Add(b => b.Tone, Tone.Adverse).Add(b => b.Icon, "lock"));

        Assert.Equal("Locked", badge.Find(".badge.adverse").TextContent);
        Assert.Equal("true", badge.Find("svg").GetAttribute("aria-hidden"));
    }

    [Fact]
    public void Card_IsARegionNamedByItsTitle()
    {
        var card = Render<Card>(p => p.Add(c => c.Id, "risk").Add(c => c.Title, "Where the risk lies").Add(c => c.Term, "segment").Add(c => c.Busy, true).AddChildContent("x"));

        Assert.Equal(card.Find("h2").Id, card.Find("section").GetAttribute("aria-labelledby"));
        Assert.Equal("true", card.Find("section").GetAttribute("aria-busy"));
        Assert.Equal("Help: Segment", card.Find("summary").GetAttribute("aria-label"));
    }

    [Fact]
    public void CaseHead_MarksTheOpenTab()
    {
        var head = Render<CaseHead>(p => p.Add(c => c.Title, "Dewi").Add(c => c.Crumbs, [new Crumb("Applications", "/applications")]).Add(c => c.Tabs, [new CaseTab("Data", "/d", false), new CaseTab("Score", "/s", true)]));

        Assert.Equal("Score", head.Find("[aria-current=page]").TextContent);
    }

    [Fact]
    public void ConfirmInline_AsksWithTheVerbAndActsOnlyOnIt()
    {
        var done = 0;
        var confirm = Render<ConfirmInline>(p => p.Add(c => c.Label, "Reset").Add(c => c.Question, "Take it away?").Add(c => c.Consequence, "It ends.").Add(c => c.Keep, "Keep it").Add(c => c.OnConfirm, () => done++));

        confirm.Find("button").Click();
        Assert.Equal("Take it away?", confirm.Find("[role=group]").GetAttribute("aria-label"));
        confirm.FindAll("button").Single(b => b.TextContent == "Keep it").Click();
        confirm.Find("button").Click();
        confirm.FindAll("button").Single(b => b.TextContent == "Reset").Click();

        Assert.Equal(1, done);
    }

    [Fact]
    public void Crumbs_LastWithoutAnAddress_IsText() =>
        Assert.Single(Render<Crumbs>(p => p.Add(c => c.Trail, [new Crumb("Users", "/users"), new Crumb("Arif")])).FindAll("a"));

    [Fact]
    public void EmptyState_SaysWhatToDo()
    {
        var state = Render<EmptyState>(p => p.Add(s => s.Title, "No cases").Add(s => s.Text, "The next load is at 02:00.").AddChildContent("<a href=\"/x\">Show decided</a>"));

        Assert.Equal("No cases", state.Find("b").TextContent);
        Assert.Equal("Show decided", state.Find(".actions a").TextContent);
    }

    [Fact]
    public void ErrorState_NamesTheReferenceAndOffersATry()
    {
        var again = 0;
        var state = Render<ErrorState>(p => p.Add(s => s.Title, "It failed").Add(s => s.Text, "Try again.").Add(s => s.Reference, "X-7Q2F4K").Add(s => s.OnRetry, () => again++));

        state.FindAll("button").First(b => b.TextContent == "Try again").Click();

        Assert.Equal(1, again);
        Assert.Equal("X-7Q2F4K", state.Find("[data-copy]").GetAttribute("data-copy"));
        Assert.Equal("alert", state.Find(".state").GetAttribute("role"));
    }

    [Fact]
    public void Field_WithAnError_TiesInputToErrorAndHint()
    {
        var field = Render<Field>(p => p.Add(f => f.Id, "term").Add(f => f.Label, "Term").Add(f => f.Unit, "months").Add(f => f.Hint, "6 to 60").Add(f => f.Error, "Term is 72 months.")
            .Add(f => f.ChildContent, context => builder => builder.AddMarkupContent(0, $"<input id=\"{context.Id}\" aria-describedby=\"{context.DescribedBy}\" aria-invalid=\"{context.Invalid}\" />")));

        var ids = field.Find("input").GetAttribute("aria-describedby")!.Split(' ');
        Assert.Equal(["Term is 72 months.", "6 to 60"], ids.Select(id => field.Find("#" + id).TextContent.Trim()));
        Assert.Equal(("true", "term"), (field.Find("input").GetAttribute("aria-invalid"), field.Find("label").GetAttribute("for")));
    }

    [Fact]
    public void GradeMark_IsNamedByItsLetter()
    {
        var mark = Render<GradeMark>(p => p.Add(g => g.Band, new ScoreBand("D", "Weak", 560, 619, 'd')));

        Assert.Equal("Grade D", mark.Find("[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void HelpTip_OfATerm_SaysWhatItIsAndLeadsToTheGlossary()
    {
        var tip = Render<HelpTip>(p => p.Add(h => h.Term, "auc"));

        Assert.Equal("Help: AUC", tip.Find("summary").GetAttribute("aria-label"));
        Assert.Equal("/help?term=auc", tip.Find("a").GetAttribute("href"));
        Assert.Contains("0.5 is a coin", tip.Find(".tip").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Icon_IsDrawnForEyesOnly() => Assert.Equal("true", Render<Icon>(p => p.Add(i => i.Name, "search")).Find("svg").GetAttribute("aria-hidden"));

    [Fact]
    public void KeyFigure_HoldsNameValueAndDetail()
    {
        var figure = Render<KeyFigure>(p => p.Add(k => k.Label, "Approved").Add(k => k.Value, "57.8 %").Add(k => k.Detail, "742 of 1,284").Add(k => k.Term, "approvalRate"));

        Assert.Equal(["57.8 %", "742 of 1,284"], figure.FindAll("dd").Select(dd => dd.TextContent.Trim()));
    }

    [Fact]
    public void Note_WithARole_IsAnnounced() =>
        Assert.Equal("alert", Render<Note>(p => p.Add(n => n.Tone, Tone.Adverse).Add(n => n.Role, "alert").AddChildContent("Refused.")).Find(".note.adverse").GetAttribute("role"));

    [Fact]
    public void PageHead_HeadingTakesTheFocusAfterNavigation() =>
        Assert.Equal("-1", Render<PageHead>(p => p.Add(h => h.Title, "Overview").Add(h => h.Note, "Today")).Find("h1").GetAttribute("tabindex"));

    [Fact]
    public void ProgressPanel_SaysHowFarAndCanBeCancelled()
    {
        var cancelled = 0;
        var panel = Render<ProgressPanel>(p => p.Add(x => x.Phase, "Fold 3 of 5").Add(x => x.Share, 0.62).Add(x => x.OnCancel, () => cancelled++));

        panel.Find("button").Click();

        Assert.Equal(("62", "Fold 3 of 5", 1), (panel.Find("[role=progressbar]").GetAttribute("aria-valuenow"), panel.Find("[role=progressbar]").GetAttribute("aria-label"), cancelled));
    }

    [Fact]
    public void QrCode_OfAnAddress_IsASquareWithThreeCornerMarks()
    {
        var code = Render<QrCode>(p => p.Add(q => q.Text, "otpauth://totp/CreditWorkbench:a%40example.com?secret=JBSWY3DPEHPK3PXP").Add(q => q.Label, "Key"));

        var size = int.Parse(code.Find("svg").GetAttribute("viewBox")!.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture);
        var path = code.Find("path").GetAttribute("d")!;
        foreach (var (x, y) in new[] { (4, 4), (size - 11, 4), (4, size - 11) })
            Assert.All(Enumerable.Range(0, 7), i => Assert.Contains($"M{x + i} {y}h", path, StringComparison.Ordinal));
        Assert.Equal("Key", code.Find("svg").GetAttribute("aria-label"));
    }

    [Fact]
    public void Rich_KeepsEmphasisAndEscapesTheRest()
    {
        var rich = Render<Rich>(p => p.Add(r => r.Text, "<b>587</b> <script>x</script>"));

        Assert.Empty(rich.FindAll("script"));
    }

    [Fact]
    public async Task FileInput_ThatListens_TakesWhatIsChosen()
    {
        var chosen = new List<string>();
        var input = Render<FileInput>(p => p.Add(f => f.OnChange, change => chosen.Add(change.File.Name)).AddUnmatched("id", "statement"));
        input.WaitForElement("#statement:not([disabled])", TimeSpan.FromSeconds(20));

        await input.InvokeAsync(() => input.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(InputFileContent.CreateFromText("a", "a.csv")));
        input.Render(p => p.Add(f => f.Disabled, true));

        Assert.Equal(["a.csv"], chosen);
        Assert.Equal("a.csv", input.Find(".file-name").TextContent);
        Assert.True(input.Find("#statement").HasAttribute("disabled"));
    }

    [Theory]
    [InlineData("sr-only", 0)]
    [InlineData("sr-only file-input", 0)]
    [InlineData("wide", 1)]
    public void FileInput_OfAPageWithAButtonOfItsOwn_DrawsNone(string css, int buttons) =>
        Assert.Equal(buttons, Render<FileInput>(p => p.AddUnmatched("class", css)).FindAll(".button").Count);

    [Fact]
    public void SaveFile_CarriesNameTypeAndText()
    {
        var file = Render<SaveFile>(p => p.Add(s => s.File, TextFile.Csv("users", "a,b"))).Find("save-file");

        Assert.Equal(("users.csv", "a,b"), (file.GetAttribute("data-name"), file.GetAttribute("data-text")));
    }

    [Fact]
    public void Skeleton_IsReadOutAsWaiting() => Assert.Equal("status", Render<Skeleton>().Find(".skeleton").GetAttribute("role"));

    [Fact]
    public void Stepper_MarksTheStepAtHand()
    {
        var stepper = Render<Stepper>(p => p.Add(s => s.Steps, [new StepperStep("Who"), new StepperStep("Consent"), new StepperStep("Data")]).Add(s => s.Current, 1));

        Assert.Contains("Consent", stepper.Find("[aria-current=step]").TextContent, StringComparison.Ordinal);
        Assert.Single(stepper.FindAll(".done"));
    }

    [Fact]
    public void TableColumnsPanel_Unticked_HidesTheColumn()
    {
        IReadOnlyList<string> hidden = [];
        var panel = Render<TableColumnsPanel<int>>(p => p.Add(c => c.Columns, [new("a", "A", _ => ""), new("b", "B", _ => "")]).Add(c => c.Hidden, hidden).Add(c => c.HiddenChanged, now => hidden = now));

        panel.Find("input").Change(false);

        Assert.Equal(["b"], hidden);
    }

    [Fact]
    public void TableFilterPanel_OpenedForTheFirstTime_ListsWhatTheRowsHold()
    {
        var panel = Render<TableFilterPanel<string>>(p => p.Add(f => f.Items, ["x", "y", "x"]).Add(f => f.Columns, [new("a", "A", row => row) { Filter = ColumnFilterKind.Choice }]).Add(f => f.State, new TableState()));

        panel.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);

        Assert.Equal(["x", "y"], panel.FindAll("label").Select(label => label.TextContent));
    }

    [Fact]
    public void TableFoot_OnTheLastPage_GoesBackOnly()
    {
        var foot = Render<TableFoot>(p => p.Add(f => f.Id, "t").Add(f => f.Total, 45).Add(f => f.Page, 2).Add(f => f.PageSize, 25).Add(f => f.OwnPageSize, 25));

        Assert.Equal("26 to 45 of 45", foot.Find("[role=status]").TextContent);
        Assert.Equal([false, true], foot.FindAll("button").Select(b => b.HasAttribute("disabled")));
    }

    [Theory]
    [InlineData("50", 50)]
    [InlineData("2000000000", 0)]
    [InlineData("ten", 0)]
    public void TableFoot_AskedForAPageSize_TakesOfferedOnesOnly(string sent, int taken)
    {
        var size = 0;
        var foot = Render<TableFoot>(p => p.Add(f => f.Id, "t").Add(f => f.Total, 45).Add(f => f.Page, 1).Add(f => f.PageSize, 25).Add(f => f.OwnPageSize, 25).Add(f => f.PageSizeChanged, chosen => size = chosen));

        foot.Find("select").Change(sent);

        Assert.Equal(taken, size);
    }

    [Fact]
    public void Timeline_PutsTheNewestFirst()
    {
        var at = new DateTimeOffset(2026, 11, 20, 8, 0, 0, TimeSpan.Zero);
        var line = Render<Timeline>(p => p.Add(t => t.Entries, [new TimelineEntry(at, "First"), new TimelineEntry(at.AddHours(1), "Second", "note")]).Add(t => t.Zone, TimeZoneInfo.Utc));

        Assert.Equal(["20 Nov 2026, 09:00", "20 Nov 2026, 08:00"], line.FindAll("time").Select(time => time.TextContent));
    }

    [Fact]
    public void Toolbar_IsASearchLandmark() => Assert.Equal("Users", Render<Toolbar>(p => p.Add(t => t.Label, "Users").AddChildContent("x")).Find("[role=search]").GetAttribute("aria-label"));

    [Fact]
    public void UnsavedGuard_LeavingWithChanges_AsksFirst()
    {
        string? left = null;
        JSInterop.Mode = JSRuntimeMode.Loose;
        var navigation = Services.GetRequiredService<NavigationManager>();
        var guard = Render<UnsavedGuard>(p => p.Add(g => g.When, () => true).Add(g => g.OnLeave, address => left = address));

        navigation.NavigateTo("/help");
        guard.WaitForElement("[role=alertdialog]", TimeSpan.FromSeconds(20));
        guard.FindAll("button")[1].Click();

        Assert.EndsWith("/help", left, StringComparison.Ordinal);
    }

    [Fact]
    public void UnsavedGuard_WithoutChanges_LetsGo()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        var navigation = Services.GetRequiredService<NavigationManager>();
        Render<UnsavedGuard>(p => p.Add(g => g.When, () => false).Add(g => g.OnLeave, _ => { }));

        navigation.NavigateTo("/help");

        Assert.EndsWith("/help", navigation.Uri, StringComparison.Ordinal);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _culture.Dispose();
        base.Dispose(disposing);
    }
}
