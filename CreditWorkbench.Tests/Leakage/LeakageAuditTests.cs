using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Leakage;
using Xunit;

namespace CreditWorkbench.Tests.Leakage;

public sealed class LeakageAuditTests
{
    private readonly PlantedData _data = new();

    [Fact]
    public void Audit_HonestColumns_FindsNothing() => Assert.Empty(Audit());

    [Fact]
    public void Audit_CopyOfTheOutcome_IsATargetCopy() =>
        AssertOnly(Audit("paid_off", bad => bad ? 0 : 1), "paid_off", LeakageKinds.TargetCopy, LeakageSeverity.Error);

    [Fact]
    public void Audit_CopyWithNoise_IsANoisyCopy() =>
        AssertOnly(Audit("collections", bad => (bad ? 1 : 0) + 0.2 * (_data.Uniform() + _data.Uniform() - 1)), "collections", LeakageKinds.NoisyTargetCopy, LeakageSeverity.Error);

    [Fact]
    public void Audit_FlagSetOnlyAfterDefault_IsANoisyCopyThoughItsAucIsLow() =>
        AssertOnly(Audit("legal_action", bad => bad && _data.Uniform() < 0.3 ? 1 : 0), "legal_action", LeakageKinds.NoisyTargetCopy, LeakageSeverity.Error);

    [Fact]
    public void Audit_ColumnOfAucPointNineThree_IsTooStrong() =>
        AssertOnly(Audit("recovered", bad => Normal() + (bad ? 2.1 : 0)), "recovered", LeakageKinds.FeatureAuc, LeakageSeverity.Error);

    [Fact]
    public void Audit_StrongHonestColumn_IsAWarningOnly() =>
        AssertOnly(Audit("arrears", bad => Normal() + (bad ? 1.2 : 0)), "arrears", LeakageKinds.InformationValue, LeakageSeverity.Warning);

    [Fact]
    public void Audit_IncomeInAnotherUnit_IsADuplicate()
    {
        _data.Add("income_thousands", [.. _data.Values("income").Select(value => value / 1_000)]);

        AssertOnly(Audit(), "income_thousands", LeakageKinds.DuplicateColumn, LeakageSeverity.Warning);
    }

    [Fact]
    public void Audit_DebtWithOneCellChanged_IsNoDuplicate()
    {
        float[] almost = [.. _data.Values("debt")];
        almost[17] += 0.5f;
        _data.Add("debt_later", almost);

        Assert.Empty(Audit());
    }

    [Fact]
    public void Audit_ColumnScaledOverTheWholeFile_Warns()
    {
        var values = _data.Values("noise");
        var mean = values.Average(value => (double)value);
        var deviation = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        var order = Enumerable.Range(0, values.Length).Reverse().ToArray();
        _data.Add("scaled", [.. order.Select(i => (float)((values[i] - mean) / deviation))]);

        AssertOnly(Audit(), "scaled", LeakageKinds.FittedOnWhole, LeakageSeverity.Warning);
    }

    [Fact]
    public void Audit_BlanksFilledWithTheMeanOfTheWholeFile_Warns()
    {
        var debt = _data.Values("debt");
        var mean = debt.Where(value => !float.IsNaN(value)).Average(value => (double)value);
        _data.Add("filled", [.. debt.Select((value, i) => (float.IsNaN(value) ? (float)mean : value) + (i < 0 ? 1 : 0))]);

        AssertOnly(Audit(), "filled", LeakageKinds.FittedOnWhole, LeakageSeverity.Warning);
    }

    [Fact]
    public void Audit_CategoryEncodedByTheOutcomeOfTheWholeFile_Warns()
    {
        var rate = Enumerable.Range(0, _data.Bad.Length).GroupBy(i => i % 9).ToDictionary(level => level.Key, level => (float)level.Average(i => _data.Bad[i] ? 1.0 : 0.0));
        _data.Add("encoded", [.. _data.Bad.Select((_, i) => rate[i % 9])]);

        AssertOnly(Audit(), "encoded", LeakageKinds.FittedOnWhole, LeakageSeverity.Warning);
    }

    [Fact]
    public void Audit_ManyRareCategoriesOfPureNoise_FindsNothing()
    {
        string[] codes = [.. Enumerable.Range(0, 1_500).Select(i => $"c{i}")];
        var values = new float[_data.Bad.Length];
        for (var i = 0; i < values.Length; i++) values[i] = (float)Math.Floor(1_500 * _data.Uniform());
        var honest = _data.Matrix;
        var matrix = new FeatureMatrix([.. honest.Columns, new FeatureColumn("postcode", 0, codes, [])], honest.Rows, [.. honest.Values, .. values]);

        var findings = LeakageAudit.OfColumns(matrix, _data.Bad, new LeakageLimits(), 1, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(findings, finding => finding.Severity == LeakageSeverity.Error);
    }

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _data.Uniform())) * Math.Cos(2 * Math.PI * _data.Uniform());

    private IReadOnlyList<LeakageFinding> Audit(string? name = null, Func<bool, double>? ofOutcome = null)
    {
        if (name is not null) _data.Add(name, ofOutcome!);
        return LeakageAudit.OfColumns(_data.Matrix, _data.Bad, new LeakageLimits(), 1, TestContext.Current.CancellationToken);
    }

    private static void AssertOnly(IReadOnlyList<LeakageFinding> findings, string column, string kind, LeakageSeverity severity)
    {
        var finding = Assert.Single(findings);
        Assert.Equal((column, kind, severity), (finding.Column, finding.Kind, finding.Severity));
    }
}
