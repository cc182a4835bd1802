using System.Globalization;
using CreditWorkbench.Core.Datasets;
using CreditWorkbench.Core.Evaluation;
using CreditWorkbench.Core.Features;
using CreditWorkbench.Core.Intake;
using CreditWorkbench.Core.Scorecards;

namespace CreditWorkbench.Core.ModelBuilding;

/// <summary>What is known of the rows of one part besides their features: whose they are, groups, costs.</summary>
internal sealed class PartStep
{
    private const int MostLevels = 8;
    private readonly TrainingRequest _request;
    private readonly bool[] _bad;

    /// <summary>Prepares for a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="bad">Outcome per row of the data set.</param>
    public PartStep(TrainingRequest request, bool[] bad) => (_request, _bad) = (request, bad);

    /// <summary>The rows of a part, without candidates.</summary>
    /// <param name="rows">Rows of the data set.</param>
    /// <param name="program">Feature program, for cost expressions.</param>
    public JudgedRows Of(int[] rows, FeatureProgram program)
    {
        var definition = _request.Definition;
        var loans = ThresholdStep.Loans(program, RecordsOf(rows));
        return new JudgedRows
        {
            FileRows = Array.ConvertAll(rows, row => _request.Dataset.FileRows[row]),
            Bad = Array.ConvertAll(rows, row => _bad[row]),
            Applicants = _request.Dataset.Groups?.Take(rows),
            Segments = [.. definition.Inputs.Index().Where(input => input.Item.Role == InputRole.Segment).Select(input => SegmentOf(input.Item, input.Index, rows)).OfType<CodedColumn>()],
            Sensitive = [.. _request.Dataset.Sensitive.Select(column => CodedGroups.Of(column.Name, Groups(definition, column.Take(rows))))],
            Exposure = loans?.Exposure,
            Margin = loans?.Margin,
            Weights = RowWeights.Of(_request.Dataset, rows),
            Grades = [.. definition.Grades.Select(grade => grade.Code)],
            Candidates = [],
        };
    }

    /// <summary>Costs that the dictionary states: per loan where rows have loans, fixed otherwise; <see cref="DecisionCosts.Default"/> where it states none.</summary>
    public static DecisionCosts CostsOf(ScorecardDefinition definition, bool hasLoans) => definition.Costs switch
    {
        { FalseNegative: { } miss, FalsePositive: { } alarm } costs => new DecisionCosts(miss, alarm, null, costs.Refer, costs.Currency),
        { Lgd: { } lgd } costs when hasLoans => new DecisionCosts(0, 0, lgd, costs.Refer, costs.Currency),
        _ => DecisionCosts.Default,
    };

    private InputRecord[] RecordsOf(int[] rows) => _request.Records.Count == 0 ? [] : Array.ConvertAll(rows, row => _request.Records[row]);

    private CodedColumn? SegmentOf(InputDefinition input, int index, int[] rows)
    {
        if (_request.Records.Count == 0) return null;
        var values = Array.ConvertAll(rows, row => _request.Records[row].Values[index]);
        if (input.Type == InputType.Category)
            return CodedGroups.Of(input.Name, Array.ConvertAll(values, value => value.Kind == InputValueKind.Number ? input.Values[(int)value.Number].Code : value.Text));
        if (input.Type == InputType.Text) return CodedGroups.Of(input.Name, Array.ConvertAll(values, value => value.Text));
        return CodedGroups.Of(input.Name, SensitiveGroups.OfNumbers(Array.ConvertAll(values, value => value.Kind == InputValueKind.Number ? value.Number : double.NaN), input.Bands));
    }

    // Many levels that all are numbers (ages, amounts) become bands; other columns keep their levels.
    private static string?[] Groups(ScorecardDefinition definition, CodedColumn column)
    {
        IReadOnlyList<double> bands = definition.Input(column.Name)?.Bands ?? [];
        double[] levels = [.. column.Levels.Select(level => double.TryParse(level, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN)];
        return (bands.Count > 0 || levels.Length > MostLevels) && levels.All(double.IsFinite)
            ? SensitiveGroups.OfNumbers(Array.ConvertAll(column.Codes, code => code < 0 ? double.NaN : levels[code]), bands)
            : [.. column.Codes.Select((_, row) => column[row])];
    }
}
