using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using Bunit;
using CreditWorkbench.Core.Applicants;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Scorecards;
using CreditWorkbench.Web.Components.Pages.Decide;
using CreditWorkbench.Web.Components.Pages.Decide.Statements;
using CreditWorkbench.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Fields of the intake form, filling from files, and the cards of the statement page.</summary>
public sealed class IntakeControlsTests : BunitContext
{
    private static readonly ScorecardDefinition Trust = ScorecardFiles.Read(ScorecardFiles.Seed("trust.yaml"));
    private readonly InCulture _culture = new("en");

    private static CancellationToken Now => Xunit.TestContext.Current.CancellationToken;

    [Fact]
    public void Field_Verified_AsksForTheDocument()
    {
        var entry = new DataEntry(Trust.Input("address_stability_years")!) { Text = "6" };
        var field = Render<DataEntryField>(parameters => parameters.Add(p => p.Entry, entry));
        Assert.Empty(field.FindAll("#address_stability_years-evidence"));

        field.Find("#address_stability_years-origin").Change("Verified");
        field.Find("#address_stability_years-evidence").Change("electricity bill, May");

        Assert.Equal((ValueOrigin.Verified, "electricity bill, May"), (entry.Origin, entry.Evidence));
    }

    [Fact]
    public void Field_FromTheBank_LosesThatWordWhenTypedOver()
    {
        var entry = new DataEntry(Trust.Input("spending_volatility")!) { Text = "0.3", Origin = ValueOrigin.Bank, Evidence = "3fa2" };
        var field = Render<DataEntryField>(parameters => parameters.Add(p => p.Entry, entry));
        Assert.Contains("3fa2", field.Markup, StringComparison.Ordinal);

        field.Find("#spending_volatility").Change("0.2");

        Assert.Equal((ValueOrigin.Declared, ""), (entry.Origin, entry.Evidence));
        Assert.DoesNotContain("Bank", field.FindAll("#spending_volatility-origin option").Select(option => option.GetAttribute("value")));
    }

    [Fact]
    public void Field_OfASourceWithoutConsent_IsClosedAndMissing()
    {
        var form = new DataForm(Trust, """{"spending_volatility":0.3}""", CultureInfo.InvariantCulture, ValueSources.None, new HashSet<string> { "bank" });
        var entry = form.Entries.First(one => one.Input.Name == "spending_volatility");

        var field = Render<DataEntryField>(parameters => parameters.Add(p => p.Entry, entry));

        Assert.True(field.Find("#spending_volatility").HasAttribute("disabled"));
        Assert.Equal(RawValue.Missing, entry.Raw);
        Assert.False(form.Entries.First(one => one.Input.Name == "account_tenure_months").IsClosed);
    }

    [Fact]
    public void Form_Sources_NameOnlyWhatIsGiven()
    {
        var form = new DataForm(Trust, """{"spending_volatility":0.3,"income_regularity_score":0.5}""", CultureInfo.InvariantCulture, """{"spending_volatility":{"origin":"bank","evidence":"3fa2"}}""");

        Assert.Equal(new ValueSource(ValueOrigin.Bank, "3fa2"), form.Sources["spending_volatility"]);
        Assert.Equal(ValueOrigin.Declared, form.Sources["income_regularity_score"].Origin);
        Assert.Equal(2, form.Sources.Count);
    }

    [Fact]
    public void Form_DerivedNumberShownRounded_StaysExactUntilTypedOver()
    {
        var form = new DataForm(Trust, """{"spending_volatility":0.23846140307692310}""", CultureInfo.InvariantCulture);
        var entry = form.Entries.First(one => one.Input.Name == "spending_volatility");

        var (shown, untouched) = (entry.Text, form.Draft()["spending_volatility"].Number);
        entry.Type(DataEntry.AValue, "0.2385");

        Assert.Equal("0.238461", shown);
        Assert.Equal(0.23846140307692310, untouched);
        Assert.Equal(0.2385, form.Draft()["spending_volatility"].Number);
    }

    [Theory]
    [InlineData("row.csv", "spending_volatility,income_regularity_score,age_years,branch2\n0.3,1.7,forty,x\n")]
    [InlineData("row.json", """{"spending_volatility": 0.3, "income_regularity_score": 1.7, "age_years": "forty", "branch2": "x"}""")]
    public async Task Fill_FromAFile_TakesWhatIsGoodAndSaysWhatIsNot(string name, string text)
    {
        var form = new DataForm(Trust, "{}", CultureInfo.InvariantCulture);

        var report = (await RowFill.ReadAsync(name, Bytes(text), form, Now)).Value;

        Assert.Equal(["spending_volatility"], report.Taken);
        Assert.Equal([("income_regularity_score", "field.range", 1), ("age_years", "field.notNumber", 1)], report.Refused.Select(problem => (problem.Field, problem.Code, (int)problem.Row!)));
        Assert.All(report.Refused, problem => Assert.NotNull(problem.Remedy));
        Assert.Equal(["branch2"], report.Unknown);
        Assert.Equal("0.3", form.Entries.First(entry => entry.Input.Name == "spending_volatility").Text);
        Assert.Equal("", form.Entries.First(entry => entry.Input.Name == "income_regularity_score").Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("spending_volatility\n")]
    [InlineData("a,b\n1,2\n")]
    [InlineData("{\"spending_volatility\": ")]
    public async Task Fill_FromAFileThatGivesNothing_IsRefusedWithAReason(string text)
    {
        var form = new DataForm(Trust, "{}", CultureInfo.InvariantCulture);

        var outcome = await RowFill.ReadAsync("file", Bytes(text), form, Now);

        Assert.False(outcome.Succeeded);
        Assert.All(form.Entries, entry => Assert.Equal("", entry.Text));
    }

    [Fact]
    public async Task Fill_OfAClosedField_IsRefused()
    {
        var form = new DataForm(Trust, "{}", CultureInfo.InvariantCulture, ValueSources.None, new HashSet<string> { "bank" });

        var report = (await RowFill.ReadAsync("row.csv", Bytes("spending_volatility,note\n0.3,x\n"), form, Now)).Value;

        Assert.Equal("fill.closed", Assert.Single(report.Refused).Code);
    }

    [Fact]
    public void FillCard_WithAFile_ReportsAndTellsTheForm()
    {
        var (form, told) = (new DataForm(Trust, "{}", CultureInfo.InvariantCulture), 0);
        AddPageServices();
        var card = Render<FillCard>(parameters => parameters.Add(p => p.Form, form).Add(p => p.OnFilled, () => told++));

        card.FindComponent<Microsoft.AspNetCore.Components.Forms.InputFile>().UploadFiles(InputFileContent.CreateFromText("spending_volatility,income_regularity_score\n0.3,7\n", "row.csv"));

        card.WaitForAssertion(() => Assert.Contains("row.csv: 1 field taken.", card.Markup, StringComparison.Ordinal), TimeSpan.FromSeconds(20));
        Assert.Contains("Regularity of income", card.Find("tbody th").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, told);
    }

    [Fact]
    public void Mapping_EveryChoice_IsSentAtOnce()
    {
        var mapping = new StatementMapping { Date = "date", Amount = "amount", Currency = "IDR" };
        IRenderedComponent<MappingCard>? card = null;
        void Keep(StatementMapping changed) => card!.Render(parameters => parameters.Add(p => p.Mapping, mapping = changed));
        card = Render<MappingCard>(parameters => parameters
            .Add(p => p.Definition, Trust).Add(p => p.Columns, [new FileColumn("date"), new FileColumn("amount"), new FileColumn("type"), new FileColumn("k")]).Add(p => p.Mapping, mapping)
            .Add(p => p.Facts, new StatementFacts(new DateOnly(2026, 11, 20))).Add(p => p.Categories, [("SIPO", 3)]).Add(p => p.OnMapping, Keep));

        Change(card, "bank-name", "Berka");
        Change(card, "delimiter", ";");
        Change(card, "date-form", "yyMMdd");
        Change(card, "direction-by", "Column");
        Change(card, "map-direction", "type");
        Change(card, "in-words", "PRIJEM , VKLAD");
        Change(card, "out-words", "VYDAJ");
        Change(card, "decimals", "True");
        Change(card, "map-category", "k");
        Change(card, "currency", "czk");
        Change(card, "rate", "700");
        card.Find("[aria-label='Class of SIPO']").Change("utility");

        Assert.Equal(
            ("Berka", ';', "yyMMdd", StatementDirection.Column, "type", true, "k", "CZK", 700.0),
            (mapping.Bank, mapping.Delimiter, mapping.DateForm, mapping.Direction, mapping.DirectionColumn, mapping.DecimalComma, mapping.Category, mapping.Currency, mapping.Rate));
        Assert.Equal(["PRIJEM", "VKLAD"], mapping.InWords);
        Assert.Equal("utility", mapping.Classes["SIPO"]);
        card.Find("[aria-label='Class of SIPO']").Change("");
        Assert.Empty(mapping.Classes);
    }

    [Fact]
    public void Mapping_RateThatIsNoNumber_IsBlamedAndNotSent()
    {
        var sent = 0;
        var card = Render<MappingCard>(parameters => parameters.Add(p => p.Definition, Trust).Add(p => p.Columns, []).Add(p => p.Mapping, new StatementMapping { Currency = "CZK" })
            .Add(p => p.Facts, new StatementFacts(new DateOnly(2026, 11, 20))).Add(p => p.OnMapping, _ => sent++));

        Change(card, "rate", "seven");

        Assert.Equal("true", card.Find("#rate").GetAttribute("aria-invalid"));
        Assert.Equal(0, sent);
    }

    [Fact]
    public void Derived_ButtonBehindANumber_OpensItsRowsOnly()
    {
        var (derivation, bookings) = Derived();
        string? opened = null;
        var card = Render<DerivedCard>(parameters => parameters.Add(p => p.Definition, Trust).Add(p => p.Derivation, derivation).Add(p => p.Last, bookings[^1].Date)
            .Add(p => p.AsOf, new DateOnly(2025, 4, 1)).Add(p => p.OnOpen, name => opened = name));

        card.Find("tr:has([data-input=utility_payment_months]) button").Click();
        var behind = Render<BehindCard>(parameters => parameters.Add(p => p.Definition, Trust).Add(p => p.Metric, derivation.Metrics.Single(metric => metric.Input == opened)).Add(p => p.Bookings, bookings));

        Assert.Equal("utility_payment_months", opened);
        Assert.Equal(["12 Mar 2025", "3 Feb 2025", "3 Jan 2025"], behind.FindAll("tbody tr td:nth-child(2)").Select(cell => cell.TextContent));
        Assert.Contains("Years at the present address", card.Find("p.caption.pad").TextContent, StringComparison.Ordinal);
        Assert.Contains("at least", card.Find("[data-input=account_tenure_months]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Preview_WithFaults_ListsRowFieldAndRemedy()
    {
        var (_, bookings) = Derived();
        var fault = new Core.Kernel.Problem("field.notNumber", "no") { Row = 214, Field = "amount" };
        var reading = new StatementReading(new BankStatement(bookings, new StatementUpload(new DateOnly(2025, 4, 1))), [fault], 11, 1, []);

        var card = Render<PreviewCard>(parameters => parameters.Add(p => p.Definition, Trust).Add(p => p.Reading, reading).Add(p => p.Ignored, [9L]));

        Assert.Equal("214", card.Find("details tbody td").TextContent);
        Assert.Contains("1 row not read", card.Markup, StringComparison.Ordinal);
        Assert.Contains("1 row is dated on or after", card.Markup, StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _culture.Dispose();
    }

    private static void Change(IRenderedComponent<MappingCard> card, string id, string value) => card.Find("#" + id).Change(value);

    private static MemoryStream Bytes(string text) => new(Encoding.UTF8.GetBytes(text));

    private static (StatementDerivation Derivation, IReadOnlyList<Booking> Bookings) Derived()
    {
        var section = Trust.Statement!;
        Booking[] bookings =
        [
            .. section.ExampleBookings.Select((cells, i) => new Booking(
                i + 1, DateOnly.Parse(cells[0], CultureInfo.InvariantCulture), double.Parse(cells[1], CultureInfo.InvariantCulture), cells[2] == "in", cells[3], "", double.Parse(cells[4], CultureInfo.InvariantCulture))),
        ];
        return (BankStatementMetrics.Derive(Trust, new BankStatement(bookings, new StatementUpload(section.ExampleAsOf!.Value))), bookings);
    }

    private void AddPageServices()
    {
        Services.AddSingleton(TimeProvider.System);
        Services.AddSingleton(new OrganisationClock(TimeProvider.System, Options.Create(new WorkbenchOptions())));
        RenderTree.TryAdd<CascadingValue<Task<AuthenticationState>>>(parameters => parameters.Add(value => value.Value, Task.FromResult(new AuthenticationState(new()))));
    }
}
