using CreditWorkbench.Web.Components.Controls;
using Xunit;

namespace CreditWorkbench.Tests.Web;

public sealed class TableViewTests
{
    private static readonly DataColumn<(string Name, int Score)>[] Columns =
    [
        new("name", "Name", row => row.Name) { SortBy = row => row.Name },
        new("score", "Score", row => row.Score.ToString(System.Globalization.CultureInfo.InvariantCulture)) { SortBy = row => row.Score, Numeric = true },
        new("do", "Do", _ => "Open") { NotExported = true },
    ];

    private static readonly (string, int)[] Items = [("Surya Wibowo", 611), ("Dewi Anggraini", 587), ("Dewi Kartawijaya", 712)];

    [Fact]
    public void Rows_SearchOfTwoWords_KeepsRowsWithBoth() =>
        Assert.Equal([("Dewi Kartawijaya", 712)], TableView.Rows(Items, Columns, new TableState("dewi 712")));

    [Fact]
    public void Rows_SortedByScore_AreOrderedAsNumbers() =>
        Assert.Equal([587, 611, 712], TableView.Rows(Items, Columns, new TableState(Sort: "score")).Select(r => r.Item2));

    [Fact]
    public void Page_BehindTheLast_IsTheLast() => Assert.Equal([("Dewi Kartawijaya", 712)], TableView.Page(Items, new TableState(Page: 9), 2));

    [Fact]
    public void ToCsv_OfFilteredRows_LeavesButtonsOut()
    {
        var rows = TableView.Rows(Items, Columns, new TableState("surya"));

        Assert.Equal("\uFEFFName,Score\r\nSurya Wibowo,611\r\n# Applications\r\n", TableView.ToCsv(rows, Columns, "Applications"));
    }
}
