using System.Text.Json;
using CreditWorkbench.Benchmarks.Peers;
using Xunit;

namespace CreditWorkbench.Tests.Benchmarks;

public sealed class PeerRowTests
{
    [Theory]
    [InlineData(new[] { 3.0 }, 3.0)]
    [InlineData(new[] { 9.0, 1.0, 2.0 }, 2.0)]
    [InlineData(new[] { 4.0, 1.0, 2.0, 9.0 }, 3.0)]
    public void Median_OddAndEven_IsTheMiddle(double[] values, double expected) => Assert.Equal(expected, Samples.Median(values));

    [Fact]
    public void Clean_OneRunSharedTheMachine_IsLeftOut()
    {
        // Normal is .90, the median of the upper half; its .93th part is .837.
        TaskRun[] runs = [Run(1.0, 0.90), Run(1.3, 0.83), Run(1.1, 0.84), Run(1.0, 0.91), Run(1.0, 0.89)];

        var clean = Samples.Clean(runs);

        Assert.Equal([0.90, 0.84, 0.91, 0.89], clean.Select(run => run.Busy!.Value));
    }

    [Fact]
    public void Clean_RunsWithoutClocks_AllCount()
    {
        TaskRun[] runs = [TaskRun.Parse("{\"xs\":[5,6]}", 1), TaskRun.Parse("{\"xs\":[7,8]}", 1)];

        var clean = Samples.Clean(runs);

        Assert.Equal([5.0, 7.0], clean.Select(run => run["xs"]!.Value));
    }

    [Fact]
    public void Parse_LinesBeforeTheLast_AreSkippedAndBusyIsPerThread()
    {
        var run = TaskRun.Parse("warning: something\n{\"wall_s\": 2.0, \"cpu_s\": 3.0}\n", threads: 2);

        Assert.Equal(0.75, run.Busy);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":1}\nTraceback")]
    [InlineData("[1]")]
    public void Parse_NoObjectOnTheLastLine_Throws(string output) => Assert.ThrowsAny<JsonException>(() => TaskRun.Parse(output, 1));

    [Theory]
    [InlineData("s", "xgb_rf_train", 4.0)]
    [InlineData("rows/s", "xgb_rf_predict", 0.2)]
    [InlineData("us", "xgb_one_row:dmatrix_contribs_us", 40.0)]
    public void Of_EachUnit_RatioAboveOneMeansThatOursIsFaster(string unit, string peer, double ratio)
    {
        var kind = unit switch { "s" => PeerUnit.Seconds, "rows/s" => PeerUnit.RowsPerSecond, _ => PeerUnit.Microseconds };
        TaskRun[] ours = [TaskRun.Parse("{\"value\":0.5,\"quality\":0.8,\"peak_rss_mib\":90,\"rss_before_mib\":60,\"busy\":0.97}", 2)];
        TaskRun[] peers = [TaskRun.Parse("{\"wall_s\":2,\"cpu_s\":4,\"rows_per_s\":2.5,\"dmatrix_contribs_us\":[20,30,40],\"auc\":0.7,\"peak_rss_mib\":300}", 2)];

        var row = PeerRow.Of("forest", kind, ours, peer, peers)!;
        var json = JsonElement.Parse(PeerRow.ToJson([row]))[0];

        Assert.Equal(ratio, row.Ratio, 12);
        Assert.Equal((0.8, 0.7, 30.0), (row.OursQuality, row.PeerQuality, row.OursExtraMiB));
        Assert.Equal(unit, json.GetProperty("unit").GetString());
        Assert.Equal(peer, json.GetProperty("peerName").GetString());
        Assert.Equal(300, json.GetProperty("peerPeakMiB").GetDouble());
        Assert.Equal(0.97, json.GetProperty("busy").GetDouble());
    }

    [Fact]
    public void Of_PeerWithoutTheField_GivesNoRow()
    {
        TaskRun[] ours = [TaskRun.Parse("{\"value\":0.5}", 2)];

        Assert.Null(PeerRow.Of("forest", PeerUnit.Seconds, ours, "np_boot_auc", [TaskRun.Parse("{\"rows\":1}", 1)]));
        Assert.Null(PeerRow.Of("forest", PeerUnit.Seconds, ours, "np_boot_auc", []));
    }

    private static TaskRun Run(double wall, double busy) => TaskRun.Parse(JsonSerializer.Serialize(new { wall_s = wall, busy }), 2);
}
