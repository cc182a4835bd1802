using Bunit;
using CreditWorkbench.Web.Components.Controls;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class DataTableTests : BunitContext
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly InCulture _culture = new("en");

    private static readonly IReadOnlyList<Row> Items =
        [new("Surya Wibowo", 611, "Trust"), new("Dewi Anggraini", 587, "Consumer"), new("Dewi Kartawijaya", 712, "Trust"), new("=HYPERLINK(1)", 480, "Consumer")];

    private static readonly IReadOnlyList<DataColumn<Row>> Columns =
    [
        new("name", "Name", row => row.Name) { SortBy = row => row.Name, Cell = row => builder => builder.AddMarkupContent(0, $"<a href=\"/x\">{row.Name[0]}</a>") },
        new("score", "Score", row => Number(row.Score)) { SortBy = row => row.Score, Numeric = true, Filter = ColumnFilterKind.Range },
        new("card", "Scorecard", row => row.Card) { SortBy = row => row.Card, Filter = ColumnFilterKind.Choice },
        new("again", "Again", row => row.Name),
    ];

    [Fact]
    public void Header_PressedTwice_OrdersDownAndSaysSo()
    {
        var table = Table();

        Press(table, "Score");
        Press(table, "Score");

        Assert.Equal(["712", "611", "587", "480"], Cells(table, 1));
        Assert.Equal("descending", table.FindAll("th")[1].GetAttribute("aria-sort"));
    }

    [Fact]
    public void Header_PressedWithShift_OrdersWhatTheFirstLeavesEqual()
    {
        var table = Table();

        Press(table, "Scorecard");
        table.FindAll("th button").Single(b => b.TextContent == "Score").Click(new MouseEventArgs { ShiftKey = true });

        Assert.Equal(["480", "587", "611", "712"], Cells(table, 1));
        Assert.Equal(["Consumer", "Consumer", "Trust", "Trust"], Cells(table, 2));
    }

    [Fact]
    public void Filter_ByChoiceAndRange_KeepsRowsThatPassBothAndNamesThem()
    {
        var table = Table();

        table.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);
        table.FindAll(".filter-sheet input[type=checkbox]")[1].Change(true);
        table.Find(".range-fields input").Change("700");

        Assert.Equal(["712"], Cells(table, 1));
        Assert.Equal(["Score: at least 700", "Scorecard: Trust"], table.FindAll(".filter-chips .chip").Select(chip => chip.TextContent));
    }

    [Fact]
    public void Filter_ThatLeavesNothing_OffersToClearIt()
    {
        var table = Table();

        table.Find("input[type=search]").Input("nobody");
        table.Find(".state button").Click();

        Assert.Equal(4, table.FindAll("tbody tr").Count);
    }

    [Fact]
    public void Export_OfWhatIsShown_DisarmsFormulasAndNamesTheSearch()
    {
        var table = Table();

        table.Find("input[type=search]").Input("=HYPER");
        table.FindAll(".toolbar > button").Single().Click();

        Assert.Equal("\uFEFFName,Score,Scorecard,Again\n'=HYPERLINK(1),480,Consumer,'=HYPERLINK(1)\n\"# People; rows that contain \"\"=HYPER\"\"\"\n",
            table.Find("save-file").GetAttribute("data-text"));
    }

    [Fact]
    public void Memory_OfTheBrowser_BringsBackColumnsOrderAndFilters()
    {
        var first = Table();
        Press(first, "Score");
        first.Find(".pop.right input[type=checkbox]").Change(false);
        var kept = first.Find("table-memory").GetAttribute("data-value")!;

        var second = Table();
        second.Find("table-memory").Change(kept);

        Assert.Equal(["Name", "Scorecard", "Again"], second.FindAll("th").Select(th => th.TextContent));
        Assert.Equal(4, second.FindAll("tbody tr").Count);
        Assert.Equal("=", second.Find("tbody tr a").TextContent);
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{\"hidden\":[\"name\",\"nothing\"],\"sort\":\"nothing\",\"pageSize\":100000,\"filters\":{\"nothing\":{\"values\":[\"x\"]},\"card\":null}}")]
    public void Memory_ThatDoesNotFit_ChangesNothing(string kept)
    {
        var table = Table();

        table.Find("table-memory").Change(kept);

        Assert.Equal(["611", "587", "712", "480"], Cells(table, 1));
    }

    [Fact]
    public void Memory_AgainstAnOrderFromTheAddress_GivesWay()
    {
        TableState? asked = null;
        var table = Render<DataTable<Row>>(p => Common(p).Add(t => t.Items, Items).Add(t => t.Held, new TableState(Sort: "score", Descending: true)).Add(t => t.HeldChanged, state => asked = state));

        table.Find("table-memory").Change(new TableMemory(null, "name", false, 10, null).Write());

        Assert.Equal(("score", true, 10), (asked!.Sort, asked.Descending, asked.PageSize));
    }

    [Fact]
    public void Table_WithoutAnyRow_OffersNothingToSearchOrSave()
    {
        var empty = Render<DataTable<Row>>(p => Common(p).Add(t => t.Items, []).Add(t => t.Empty, "<p>None yet</p>"));
        var filtered = Render<DataTable<Row>>(p => Common(p).Add(t => t.Items, []).Add(t => t.Filters, "<button>Mine</button>"));

        Assert.Empty(empty.FindAll("input, button"));
        Assert.Contains("None yet", empty.Markup, StringComparison.Ordinal);
        Assert.NotEmpty(empty.FindAll("table-memory"));
        Assert.NotEmpty(filtered.FindAll("input[type=search]"));
    }

    [Fact]
    public void Source_AskedForAPage_GivesThatPageAndTheCount()
    {
        var asked = new List<TableQuery>();
        var table = Render<DataTable<Row>>(p => Common(p).Add(t => t.PageSize, 10).Add(t => t.Source, (query, _) =>
        {
            asked.Add(query);
            return Task.FromResult(new TablePage<Row>([.. Many.Skip(query.Skip).Take(query.Take)], Many.Count));
        }));

        table.WaitForAssertion(() => Assert.Equal(10, table.FindAll("tbody tr").Count), Patience);
        table.FindAll(".pager button")[1].Click();
        table.WaitForAssertion(() => Assert.Contains("11 to 20 of 45", table.Find("[role=status]").TextContent), Patience);
        Press(table, "Score");

        table.WaitForAssertion(() => Assert.Equal(("score", 0, 10), (asked[^1].State.Sort, asked[^1].Skip, asked[^1].Take)), Patience);
    }

    [Fact]
    public void Source_Exported_IsReadToItsEnd()
    {
        var table = Render<DataTable<Row>>(p => Common(p).Add(t => t.PageSize, 10).Add(t => t.Source, (query, _) =>
            Task.FromResult(new TablePage<Row>([.. Many.Skip(query.Skip).Take(query.Take)], Many.Count))));
        table.WaitForElement("tbody tr", Patience);

        table.FindAll(".toolbar > button").Single().Click();

        table.WaitForAssertion(() => Assert.Equal(Many.Count + 2, table.Find("save-file").GetAttribute("data-text")!.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length), Patience);
    }

    [Fact]
    public void Source_AnsweringLate_IsOvertakenByTheNextQuestion()
    {
        var slow = new TaskCompletionSource<TablePage<Row>>();
        var table = Render<DataTable<Row>>(p => Common(p).Add(t => t.Source, (query, _) =>
            query.State.Sort is null ? slow.Task : Task.FromResult(new TablePage<Row>([Items[2]], 1))));

        table.InvokeAsync(() => table.Instance.RefreshAsync());
        var state = new TableState(Sort: "score");
        table.Render(p => p.Add(t => t.Held, state));
        table.WaitForElement("tbody tr", Patience);
        slow.SetResult(new TablePage<Row>(Items, Items.Count));

        table.WaitForAssertion(() => Assert.Equal(["712"], Cells(table, 1)), Patience);
    }

    [Fact]
    public void Search_WhileTyping_IsNotWrittenBackIntoTheField()
    {
        var table = Table();
        var field = table.Find("input[type=search]");

        field.Input("dew");
        field.Input("dewi");
        Assert.Equal("", table.Find("input[type=search]").GetAttribute("value") ?? "");
        field.Input("dewi nobody");
        table.Find(".state button").Click();

        Assert.Equal(("", 4), (table.Find("input[type=search]").GetAttribute("value") ?? "", table.FindAll("tbody tr").Count));
    }

    [Fact]
    public void Rows_OfATable_HaveOneStopOfTheTabKey() =>
        Assert.Equal(["0", "-1", "-1", "-1"], Table().FindAll("tbody tr").Select(row => row.GetAttribute("tabindex")));

    protected override void Dispose(bool disposing)
    {
        if (disposing) _culture.Dispose();
        base.Dispose(disposing);
    }

    private static IReadOnlyList<Row> Many { get; } = [.. Enumerable.Range(1, 45).Select(i => new Row($"Row {i}", i, "Trust"))];

    private static string Number(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static ComponentParameterCollectionBuilder<DataTable<Row>> Common(ComponentParameterCollectionBuilder<DataTable<Row>> parameters) =>
        parameters.Add(t => t.Id, "people").Add(t => t.Caption, "People").Add(t => t.Columns, Columns).Add(t => t.RowKey, row => row.Name);

    private static void Press(IRenderedComponent<DataTable<Row>> table, string title) => table.FindAll("th button").Single(b => b.TextContent == title).Click();

    private static IEnumerable<string> Cells(IRenderedComponent<DataTable<Row>> table, int column) => table.FindAll("tbody tr").Select(row => row.Children[column].TextContent);

    private IRenderedComponent<DataTable<Row>> Table() => Render<DataTable<Row>>(p => Common(p).Add(t => t.Items, Items));

    private sealed record Row(string Name, int Score, string Card);
}
