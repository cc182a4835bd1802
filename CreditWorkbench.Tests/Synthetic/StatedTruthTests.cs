using System.Globalization;
using System.Runtime.CompilerServices;
using CreditWorkbench.Tests.Scorecards;
using Xunit;

namespace CreditWorkbench.Tests.Synthetic;

/// <summary>The page on generated data says what the files say.</summary>
public sealed class StatedTruthTests
{
    [Theory]
    [InlineData("trust", "bad_rate.2")]
    [InlineData("consumer", "bad_rate")]
    [InlineData("loan-risk", "bad_rate")]
    [InlineData("loan-default", "bad_rate")]
    [InlineData("sme-esg", "bad_rate")]
    public void Page_FiguresOfASeed_AreThoseVerified(string id, string badRate)
    {
        var synthetic = ScorecardFiles.Read(ScorecardFiles.Seed(id + ".yaml")).Synthetic!;
        var row = Page().First(line => line.StartsWith($"| {id} |", StringComparison.Ordinal)).Split('|', StringSplitOptions.TrimEntries);

        Assert.Equal(Text(synthetic.Verified[badRate]), row[3]);
        Assert.Equal(Text(synthetic.Verified["bayes_auc"]), row[4]);
        Assert.InRange(synthetic.Verified["bayes_auc"], 0.75, 0.90);
        Assert.Equal($"{Text(synthetic.Verified["boosted_auc.rows_5000"])} / {Text(synthetic.Verified.First(figure => figure.Key.StartsWith("boosted_auc.rows_20", StringComparison.Ordinal)).Value)}", row[5]);
        Assert.Equal(Text(synthetic.Verified["drift_1." + badRate]), row[7]);
    }

    private static string[] Page([CallerFilePath] string here = "") =>
        File.ReadAllLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "docs", "synthetic.md"));

    private static string Text(double value) => value.ToString(CultureInfo.InvariantCulture);
}
