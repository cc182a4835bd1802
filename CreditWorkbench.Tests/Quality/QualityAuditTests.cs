using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Quality;
using CreditWorkbench.Core.Scorecards;
using CreditWorkbench.Tests.Features;
using Xunit;

namespace CreditWorkbench.Tests.Quality;

public sealed class QualityAuditTests
{
    private static readonly ScorecardDefinition Definition = Dictionaries.Of(
        [Dictionaries.Number("income"), Dictionaries.Number("months", "-9", "-8"), Dictionaries.Category("housing", "own", "rent")]);

    [Fact]
    public void Profile_NumbersWithGap_HasQuartilesAndMissing()
    {
        var report = Audit([.. Enumerable.Range(1, 5).Select(i => Row(i == 5 ? InputValue.Missing : InputValue.OfNumber(10 * i)))]);

        var income = report.Columns[0];
        Assert.Equal((1, 4, 10.0, 25.0, 40.0), (income.Missing, income.Distinct, income.Minimum!.Value, income.Median!.Value, income.Maximum!.Value));
        Assert.Equal(25.0, income.Mean!.Value, 1e-12);
        Assert.Equal(Math.Sqrt(125), income.Deviation!.Value, 1e-12);
    }

    [Fact]
    public void Profile_SpecialCodes_AreCountedApartFromMissing()
    {
        var report = Audit([
            Row(months: InputValue.OfSpecial(2)), Row(months: InputValue.OfSpecial(2)), Row(months: InputValue.OfNumber(3)), Row(months: InputValue.Missing)]);

        Assert.Equal([new ValueCount("-8", 2)], report.Columns[1].Specials);
        Assert.Equal((1, 1), (report.Columns[1].Missing, report.Columns[1].Distinct));
    }

    [Fact]
    public void Profile_Category_NamesItsValuesMostFrequentFirst()
    {
        var report = Audit([Row(housing: InputValue.OfNumber(1)), Row(housing: InputValue.OfNumber(1)), Row(housing: InputValue.OfNumber(0))]);

        Assert.Equal([new ValueCount("rent", 2), new ValueCount("own", 1)], report.Columns[2].Values);
        Assert.Null(report.Columns[2].Mean);
    }

    [Fact]
    public void Findings_EmptyConstantAndSparseColumns_AreNamed()
    {
        var report = Audit([.. Enumerable.Range(0, 100).Select(i => Row(InputValue.OfNumber(7), InputValue.Missing, i < 60 ? InputValue.Missing : InputValue.OfNumber(i % 2)))]);

        Assert.Equal([("income", "constant"), ("months", "allMissing"), ("housing", "manyMissing"), (null, "duplicateRows")],
            report.Findings.Select(finding => (finding.Column, finding.Kind)));
    }

    [Fact]
    public void Findings_FarValues_AreOutliers()
    {
        var report = Audit([.. Enumerable.Range(0, 200).Select(i => Row(InputValue.OfNumber(i < 4 ? 1e6 : i), InputValue.OfNumber(i), InputValue.OfNumber(i % 2)))]);

        Assert.Equal(4, report.Columns[0].Outliers);
        Assert.Equal(["outliers"], report.Findings.Select(finding => finding.Kind));
    }

    [Fact]
    public void Duplicates_EqualInputsOtherOutcome_AreNotDuplicates()
    {
        InputRecord[] rows = [Row(InputValue.OfNumber(1)), Row(InputValue.OfNumber(1)), Row(InputValue.OfNumber(1))];

        Assert.Equal(1, QualityAudit.Of(Definition, rows, [0, 0, 1], TestContext.Current.CancellationToken).DuplicateRows);
    }

    private static InputRecord Row(InputValue? income = null, InputValue? months = null, InputValue? housing = null) =>
        Dictionaries.Record(Definition, income ?? InputValue.OfNumber(1), months ?? InputValue.OfNumber(2), housing ?? InputValue.OfNumber(0));

    private static QualityReport Audit(InputRecord[] rows) => QualityAudit.Of(Definition, rows, new byte[rows.Length], TestContext.Current.CancellationToken);
}
