using Bunit;
using CreditWorkbench.Core.Decisioning;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Review;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Web.Components.Pages.Decide.Cases;
using CreditWorkbench.Web.Components.Pages.Decide.WhatIf;
using Microsoft.AspNetCore.Components;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Controls of the what-if card, the queue and the letter.</summary>
public sealed class CaseControlTests : BunitContext
{
    private static readonly ScorecardDefinition Consumer = ScorecardFiles.Read(ScorecardFiles.Seed("consumer.yaml"));
    private readonly InCulture _culture = new("en");

    [Fact]
    public void Lever_Moved_RaisesTheNumberAndSaysItWithItsUnit()
    {
        InputValue? raised = null;
        var lever = Lever("tenor_months", 24);

        var field = Render<LeverField>(p => p.Add(f => f.Id, "term").Add(f => f.Lever, lever).Add(f => f.Value, lever.Now)
            .Add(f => f.ValueChanged, EventCallback.Factory.Create<InputValue>(this, value => raised = value)));
        field.Find("input[type=range]").Input("36");

        Assert.Equal(InputValue.OfNumber(36), raised);
        Assert.Equal("24\u00A0months", field.Find("input[type=range]").GetAttribute("aria-valuetext"));
        Assert.Equal("Term", field.Find("label[for=term]").TextContent);
        Assert.Equal(("3", "120", "1"), (Attribute(field, "min"), Attribute(field, "max"), Attribute(field, "step")));
    }

    [Theory]
    [InlineData("121", "Allowed: 3\u00A0months to 120\u00A0months.")]
    [InlineData("many", "This is not a number.")]
    public void Lever_TypedBeyondTheBounds_SaysSoAndRaisesNothing(string typed, string message)
    {
        var raised = 0;
        var lever = Lever("tenor_months", 24);

        var field = Render<LeverField>(p => p.Add(f => f.Id, "term").Add(f => f.Lever, lever).Add(f => f.Value, lever.Now)
            .Add(f => f.ValueChanged, EventCallback.Factory.Create<InputValue>(this, _ => raised++)));
        field.Find(".lever-number").Change(typed);

        Assert.Equal(message, field.Find("[role=alert]").TextContent);
        Assert.Equal(0, raised);
    }

    [Fact]
    public void Lever_TypedBeyondTheSlider_MovesItsEndWithinTheDictionary()
    {
        var lever = Lever("monthly_income", 12_000_000);

        var field = Render<LeverField>(p => p.Add(f => f.Id, "income").Add(f => f.Lever, lever).Add(f => f.Value, InputValue.OfNumber(90_000_000)));

        Assert.Equal(40_000_000, lever.High);
        Assert.Equal("90000000", Attribute(field, "max"));
    }

    [Fact]
    public void Lever_OfACategory_IsAChoiceOfItsValues()
    {
        InputValue? raised = null;
        var lever = Lever("purpose", 0);

        var field = Render<LeverField>(p => p.Add(f => f.Id, "purpose").Add(f => f.Lever, lever).Add(f => f.Value, lever.Now)
            .Add(f => f.ValueChanged, EventCallback.Factory.Create<InputValue>(this, value => raised = value)));
        field.Find("select").Change("2");

        Assert.Equal(Consumer.Input("purpose")!.Values.Count, field.FindAll("option").Count);
        Assert.Equal(InputValue.OfNumber(2), raised);
    }

    [Fact]
    public void Levers_OfConsumer_StartWithTheLoanAndHoldNothingSensitive()
    {
        var levers = WhatIfLever.Of(new InputRecord(Consumer, [.. Consumer.Inputs.Select(_ => InputValue.Missing)]));

        Assert.Equal(["requested_amount", "tenor_months", "annual_rate"], levers.Take(3).Select(lever => lever.Input.Name));
        Assert.DoesNotContain(levers, lever => lever.Input.Sensitive || lever.Input.Pii is not null);
    }

    [Fact]
    public void SavedViews_NamedAndSaved_RaisesTheNameOnceAndEmptiesTheField()
    {
        var saved = new List<string>();
        var views = Render<SavedViews>(p => p.Add(v => v.Views, [new SavedView(Guid.NewGuid(), Guid.NewGuid(), "Large", "sort=amount&desc=true")]).Add(v => v.Query, "sort=amount&desc=true")
            .Add(v => v.OnSave, EventCallback.Factory.Create<string>(this, saved.Add)));

        views.Find("form").Submit();
        views.Find("input").Change("Mine, late");
        views.Find("form").Submit();

        Assert.Equal(["Mine, late"], saved);
        Assert.Equal("", views.Find("input").GetAttribute("value"));
        Assert.Equal(("/reviews?sort=amount&desc=true", "true"), (views.Find("a").GetAttribute("href"), views.Find("a").GetAttribute("aria-current")));
    }

    [Fact]
    public void LetterSheet_OfText_EscapesItAndNamesItsLanguage()
    {
        var text = new LetterText(
            ["Lender", "Street"], ["<b>Dewi</b>"], "20 November 2026", "Subject", "Dear", "We cannot approve this loan.", "Reasons", ["First.", "Second."], "Score",
            [new LetterFact("Score", "541")], "Rights", ["Object."], ["Maya"]);

        var sheet = Render<LetterSheet>(p => p.Add(s => s.Text, text).Add(s => s.Language, "id").Add(s => s.Foot, "APP-2026-000001"));

        Assert.Equal("id", sheet.Find("article").GetAttribute("lang"));
        Assert.Equal(["First.", "Second."], sheet.FindAll("ol li").Select(item => item.TextContent));
        Assert.Empty(sheet.FindAll("b"));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _culture.Dispose();
        base.Dispose(disposing);
    }

    private static WhatIfLever Lever(string input, double now)
    {
        var record = new InputRecord(Consumer, [.. Consumer.Inputs.Select(each => each.Name == input ? InputValue.OfNumber(now) : InputValue.Missing)]);
        return WhatIfLever.Of(record).Single(lever => lever.Input.Name == input);
    }

    private static string? Attribute(IRenderedComponent<LeverField> field, string name) => field.Find("input[type=range]").GetAttribute(name);
}
