using System.Globalization;
using Bunit;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Jobs;
using CreditWorkbench.Core.Kernel;
using CreditWorkbench.Core.ModelBuilding;
using CreditWorkbench.Core.Registry;
using CreditWorkbench.Tests.ModelBuilding;
using CreditWorkbench.Tests.Registry;
using CreditWorkbench.Web.Components.Charts;
using CreditWorkbench.Web.Components.Pages.Build.Lab;
using Xunit;

namespace CreditWorkbench.Tests.Web;

/// <summary>Parts of the lab's pages over one small run.</summary>
public sealed class LabPageTests(LabPageTests.Run run) : BunitContext, IClassFixture<LabPageTests.Run>
{
    private readonly InCulture _culture = new("en");

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _culture.Dispose();
    }

    [Fact]
    public void Studio_OtherThreshold_MovesEveryFigureAndTheAddress()
    {
        var kept = new List<CutOffState>();
        var tab = Studio(new CutOffState(), kept.Add);
        var before = tab.Find("#cut-confusion").TextContent;

        tab.Find("#cut-threshold").Change("2");

        var rows = run.Study.Rows.Test;
        var expected = rows.CutOffs(rows.Of("boosting")!).At(0.02, run.Study.Record.Training.Costs);
        Assert.NotEqual(before, tab.Find("#cut-confusion").TextContent);
        Assert.Contains(expected.DefaultsCaught.ToString(CultureInfo.InvariantCulture), tab.Find("#cut-confusion").TextContent, StringComparison.Ordinal);
        Assert.Equal(0.02, Assert.Single(kept).Threshold!.Value, 1e-12);
    }

    [Fact]
    public void Studio_DraggedHandle_MovesFiguresButNotTheAddress()
    {
        var kept = new List<CutOffState>();
        var tab = Studio(new CutOffState(), kept.Add);

        tab.Find(".xy-handle").Input("0.05");

        Assert.Contains("5.00", tab.Find(".figures .value").TextContent, StringComparison.Ordinal);
        Assert.Empty(kept);
        tab.Find(".xy-handle").Change("0.05");
        Assert.Equal(0.05, Assert.Single(kept).Threshold!.Value, 1e-12);
    }

    [Fact]
    public void Studio_MarginLgdAndEad_ImplyTheClosedForm()
    {
        var tab = Studio(new CutOffState { Kind = CostKind.Margin, Lgd = 0.5, Ead = 100, Margin = 10 }, _ => { });

        // Decline when PD > m / (m + LGD x EAD) = 10 / 60.
        Assert.Contains("16.67", tab.Find("#cut-costs").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void Studio_LoansUnknown_CannotBeReckonedPerLoan()
    {
        var tab = Studio(new CutOffState { Kind = CostKind.Loan }, _ => { });

        Assert.True(tab.FindAll("#cut-costs .segments button")[2].HasAttribute("disabled"));
        Assert.NotEmpty(tab.FindAll("#cut-fn"));
    }

    [Fact]
    public void Evaluation_OfARun_ShowsEveryChartWithItsTable()
    {
        var tab = Render<EvaluationTab>(parameters => parameters.Add(tab => tab.Study, run.Study).Add(tab => tab.Record, run.Study.Of("boosting")!));

        foreach (var chart in new[] { "roc", "pr", "ks", "calibration", "gains", "lift", "scores" })
        {
            Assert.NotEmpty(tab.FindAll($"#{chart} svg[role=img]"));
            tab.Find($"#{chart} button[aria-pressed]").Click();
            Assert.NotEmpty(tab.FindAll($"#{chart} tbody tr"));
        }
    }

    [Fact]
    public void Comparison_OfACandidateWithItself_IsNothing()
    {
        var paired = LabComparison.Auc(run.Study, "boosting", "boosting");

        Assert.Equal((0.0, 0.0, 0.0, 1.0), (paired.Difference, paired.Low, paired.High, paired.PValue));
    }

    [Theory]
    [InlineData("0.2", 0.2)]
    [InlineData("-1", null)]
    [InlineData("NaN", null)]
    [InlineData("1.5", null)]
    [InlineData("x", null)]
    public void State_FromAnAddress_TakesWhatIsANumberInItsRange(string text, double? threshold) =>
        Assert.Equal(threshold, CutOffState.Read(text, "9", null, null, null, null, null, null, null).Threshold);

    [Fact]
    public void State_WrittenAndRead_IsTheSame()
    {
        var state = new CutOffState { Threshold = 0.123456789, Kind = CostKind.Margin, Lgd = 0.45, Ead = 1e6, Margin = 90_000, Capacity = 0.1, Referral = 12.5 };
        var address = state.Write().ToDictionary(part => part.Name, part => (string?)part.Value);

        Assert.Equal(state, CutOffState.Read(address["t"], address["costs"], address["fn"], address["fp"], address["lgd"], address["ead"], address["margin"], address["capacity"], address["refer"]));
    }

    [Fact]
    public void Geometry_OfPointsOutsideTheAxes_StaysInsideThePlot()
    {
        var figure = new XyFigure(XyAxis.Whole("x"), XyAxis.Whole("y"), [new XySeries("s", XyKind.Points, 1, [new XyPoint(-5, 9), new XyPoint(0.5, double.NaN)]), new XySeries("l", XyKind.Line, 2, [new XyPoint(0, 0), new XyPoint(double.NaN, 1), new XyPoint(1, 1)])]);

        var g = XyGeometry.Of(figure, 400, 300);

        Assert.Equal((g.PlotLeft, g.PlotTop), (g.Series[0].Dots[0].X, g.Series[0].Dots[0].Y));
        Assert.Equal(2, g.Series[1].Path.Count(letter => letter == 'M'));
    }

    private IRenderedComponent<CutOffTab> Studio(CutOffState state, Action<CutOffState> keep) => Render<CutOffTab>(parameters => parameters
        .Add(tab => tab.Study, run.Study).Add(tab => tab.Record, run.Study.Of("boosting")!).Add(tab => tab.Held, state).Add(tab => tab.OnChange, keep));

    /// <summary>One finished run for all tests.</summary>
    public sealed class Run : IAsyncLifetime
    {
        internal LabStudy Study { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var (store, jobs, rows) = (new LabInMemory(), new JobsInMemory(), new ApplicantRows());
            var desk = new TrainingDesk(rows, store, jobs, RegistryRoom.Desk(new ModelsInMemory(), TimeProvider.System), TimeProvider.System);
            var request = new LabRequest { Title = "Applicants", Data = ApplicantRows.Honest, Candidates = ["boosting", "logistic"], Folds = 3, ConfidenceRefits = 0, Parameters = ModelBuilding.Applicants.Quick.Parameters };
            var begun = (await desk.StartAsync(request, Actor.System, CancellationToken.None)).Value;
            var done = await new TrainingJob(rows, store, jobs, TimeProvider.System, "test", threads: 2).RunAsync(jobs.Jobs[begun.JobId], new Progress<JobProgress>(), CancellationToken.None);
            Assert.True(done.Succeeded, string.Join(" ", done.Problems));
            Study = (await desk.OpenAsync(begun.Id, Actor.System, CancellationToken.None)).Value;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
