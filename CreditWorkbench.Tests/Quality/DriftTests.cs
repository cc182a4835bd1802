using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Metrics;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Features;
using CreditWorkbench.Tests.Metrics;
using Xunit;

namespace CreditWorkbench.Tests.Quality;

public sealed class DriftTests
{
    private static readonly ScorecardDefinition Definition = Dictionaries.Of([Dictionaries.Number("income"), Dictionaries.Category("job", ["clerk", "trader"])], Dictionaries.Pass("income"));
    private long _state = 3;

    [Fact]
    public void Of_RowsOfTheSamePopulation_FindsNothing()
    {
        var drift = QualityDrift.Of(Definition, Rows(2_000, 0.0, 0.5, 0.1), Rows(1_000, 0.0, 0.5, 0.1));

        Assert.Equal(["income", "job"], drift.Select(column => column.Name));
        Assert.Empty(QualityDrift.Findings(drift));
    }

    [Fact]
    public void Of_HigherIncomesOtherJobsAndMoreBlanks_NamesTheColumnsThatMoved()
    {
        var drift = QualityDrift.Of(Definition, Rows(2_000, 0.0, 0.5, 0.1), Rows(1_000, 0.4, 0.5, 0.3));

        Assert.Equal("income", Assert.Single(QualityDrift.Findings(drift)).Column);
        Assert.Equal(StabilityVerdict.Shifted, drift[0].Stability.Verdict);
        Assert.Equal(0.1, drift[0].ReferenceMissing, 0.03);
        Assert.Equal(0.3, drift[0].Missing, 0.05);
        Assert.Equal("job", Assert.Single(QualityDrift.Findings(QualityDrift.Of(Definition, Rows(2_000, 0.0, 0.5, 0.1), Rows(1_000, 0.0, 0.9, 0.1)))).Column);
    }

    [Fact]
    public void Contract_SameData_IsKeptAndOtherDataBreaksItByColumn()
    {
        var report = Profile(Rows(500, 0.0, 1.0, 0.05));
        var contract = DataContract.Of(report);

        var broken = contract.Check(Profile(Rows(500, 0.5, 0.5, 0.4)));

        Assert.Empty(contract.Check(report));
        Assert.Equal(["missingRose", "outOfRange", "unknownValue"], broken.Select(finding => finding.Kind).Order());
        Assert.Equal("1 values were not there before, such as trader.", broken.Single(finding => finding.Kind == "unknownValue").Evidence);
    }

    [Fact]
    public void Contract_ColumnGoneOrOfAnotherType_IsAnError()
    {
        var report = Profile(Rows(50, 0.0, 0.5, 0.0));

        var broken = DataContract.Of(report).Check(report with { Columns = [report.Columns[0] with { Type = "text" }] });

        Assert.Equal(["typeChanged", "columnAbsent"], broken.Select(finding => finding.Kind));
        Assert.All(broken, finding => Assert.Equal(QualitySeverity.Error, finding.Severity));
    }

    private static QualityReport Profile(IReadOnlyList<InputRecord> rows) => QualityAudit.Of(Definition, rows, new byte[rows.Count], TestContext.Current.CancellationToken);

    private List<InputRecord> Rows(int count, double shift, double clerks, double blanks) => [.. Enumerable.Range(0, count).Select(_ => new InputRecord(Definition,
    [
        Samples.Next(ref _state) < blanks ? InputValue.Missing : InputValue.OfNumber(shift + Samples.Next(ref _state)),
        InputValue.OfNumber(Samples.Next(ref _state) < clerks ? 0 : 1),
    ]))];
}
