using CreditWorkbench.Core.Explanation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Scoring;
using Xunit;

namespace CreditWorkbench.Tests.Explanation;

public sealed class ValueDisplayTests
{
    private static readonly ScorecardDefinition Definition = SampleScorecard.Binary;
    private static readonly ValueDisplay Display = new(Definition);

    [Theory]
    [InlineData("dsr", 0.44, "44 %", "44 %")]
    [InlineData("dsr", 0.4449, "44.5 %", "44,5 %")]
    [InlineData("balance", 2_150_000, "Rp 2,150,000", "Rp2.150.000")]
    [InlineData("balance", -500_000, "−Rp 500,000", "−Rp500.000")]
    [InlineData("tenure", 12, "12 months", "12 bulan")]
    [InlineData("tenure", 1, "1 month", "1 bulan")]
    [InlineData("job", 1, "Private", "Swasta")]
    public void Of_KnownValue_IsWrittenInEachLanguage(string feature, double value, string english, string indonesian)
    {
        var text = Display.Of(Definition.Feature(feature)!, value);

        Assert.Equal((english, indonesian), (text.In("en"), text.In("id")));
    }

    [Fact]
    public void Of_MissingOrSpecial_SaysWhatItMeans()
    {
        var tenure = Definition.Feature("tenure")!;

        Assert.Equal(("not known", "tidak diketahui"), Both(Display.Of(tenure, CodedNaN.OfDouble(0))));
        Assert.Equal(("No file", "Tanpa data"), Both(Display.Of(tenure, CodedNaN.OfDouble(1))));
    }

    [Fact]
    public void Fill_SentenceWithTheUnitsWord_DoesNotRepeatIt()
    {
        var tenure = Definition.Feature("tenure")!;

        Assert.Equal(("On record for only 7 months.", "Tercatat baru 7 bulan."), Both(Display.Fill(Definition.Reason("R3")!.Adverse, tenure, 7)));
        Assert.Equal(("Short (7 months).", "Pendek (7 bulan)."), Both(Display.Fill(SampleScorecard.Text("Short ({value}).", "Pendek ({value})."), tenure, 7)));
    }

    [Theory]
    [InlineData(-38.4, "−38 points", "−38 poin")]
    [InlineData(1.2, "+1 point", "+1 poin")]
    [InlineData(0.3, "0 points", "0 poin")]
    public void Points_AnySize_HaveSignAndWord(double points, string english, string indonesian) =>
        Assert.Equal((english, indonesian), (ValueDisplay.Points(points, "en"), ValueDisplay.Points(points, "id")));

    private static (string, string) Both(LocalizedText text) => (text.In("en"), text.In("id"));
}
